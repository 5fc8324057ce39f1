/**
 * Loaded before anything else (`node --import`), in plain JavaScript that any Node reads: an older one could not even
 * open our TypeScript, and better-sqlite3 would end it without a word. Then makes the next start faster.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
const enough = major >= 26 || (major === 24 && minor >= 12) || (major === 22 && minor >= 18);

if (!enough) {
  process.stderr.write(
    `Greenroom needs Node 24 (24.12 or newer), 22 (22.18 or newer), or 26 and up; this is Node ${process.versions.node}.\n` +
      'Run it through npm (`npm start`, `npm test`), which uses the Node that `npm ci` brings along.\n' +
      'If npm could not bring one for this machine, install Node 24 from https://nodejs.org and run `npm ci` again.\n',
  );
  process.exit(2);
}

// Starting takes half the time once compiled code is kept; beside the packages, where nobody else can put any.
process.getBuiltinModule('module').enableCompileCache(`${import.meta.dirname}/../node_modules/.cache/node`);
