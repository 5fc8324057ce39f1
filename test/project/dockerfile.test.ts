/** The image is built from a valid Dockerfile that runs as nobody special and takes only what it needs. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { fontFiles } from '../../src/pictures/font.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const dockerfile = await readFile(join(ROOT, 'Dockerfile'), 'utf8');
const ignored = await readFile(join(ROOT, '.dockerignore'), 'utf8');

const problems = (text: string): string[] =>
  validate(text).map(({ message }) => (typeof message === 'string' ? message : message.value));
const last = (instruction: string, text = dockerfile): string | undefined =>
  text
    .split('\n')
    .findLast((line) => line.startsWith(`${instruction} `))
    ?.slice(instruction.length + 1);

/** What is copied from the project into the image. */
const copied = dockerfile
  .split('\n')
  .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
  .flatMap((line) => line.split(' ').slice(1, -1));

describe('the Dockerfile', () => {
  it('is valid', () => {
    expect(problems(dockerfile)).toEqual([]);
    expect(problems(dockerfile.replace('WORKDIR', 'WORKDIRECTORY'))).not.toEqual([]);
    expect(problems(dockerfile.replace('--interval=30s', '--intervall=30s'))).not.toEqual([]);
  });

  it('ends as a user without rights, with its data in a volume and a check that it lives', () => {
    expect(last('USER')).toBe('node');
    expect(last('VOLUME')).toBe('/data');
    expect(last('HEALTHCHECK')).toContain('doctor');
    expect(dockerfile).toMatch(/DATA_DIR=\/data/);
  });

  it('carries no secret and no build tool into the last stage', () => {
    const stage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(stage).not.toMatch(/npm |TOKEN|SECRET|GREENROOM_KEY|ARG /);
  });

  it('keeps the letters that pictures are painted with', () => {
    const kept = [...dockerfile.matchAll(/! -name (\w+)/g)].map(([, folder]) => folder);
    expect(kept).toEqual(fontFiles().map((file) => basename(dirname(file))));
  });

  it('copies only what is there and what .dockerignore lets through', () => {
    const through = ignored.split('\n').filter((line) => line.startsWith('!'));
    expect(ignored.split('\n').filter((line) => line !== '' && !line.startsWith('#'))[0]).toBe('*');
    expect(copied.toSorted()).toEqual(
      through
        .map((line) => line.slice(1))
        .concat('package.json')
        .toSorted(),
    );
    for (const path of copied) expect(existsSync(join(ROOT, path)), path).toBe(true);
  });
});
