// What was built, for a program that goes on while others build anew.
import { cpSync, rmSync } from 'node:fs';
import { inRoot } from './lib.mjs';
import { inTurn } from './turns.mjs';

/**
 * Copies build/<name> as it is after a whole build; resolves to the copy's folder.
 * @param {string} name
 * @param {string} to
 * @param {string} [from]
 */
export const copyBuilt = (name, to, from = inRoot('build', name)) =>
  inTurn('build', () => {
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
    return to;
  });
