#!/usr/bin/env node
/** The command line's beginning: joins the terminal to the commands. */
import './node-version.js';
import { runCli } from './cli/program.ts';

process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  live: process.stderr.isTTY === true,
  columns: Math.min(process.stdout.columns ?? 80, 100),
  colours: process.stdout.hasColors?.() ?? false,
  now: () => performance.now(),
});
