// The last line of `.ci/run`: what all its suites came to. Called with the file of their closing lines and how many there are.
import { existsSync, readFileSync } from 'node:fs';
import { addTotals } from './totals-file.mjs';

const [, , file = '', suites = '0'] = process.argv;
const { passed, failed } = addTotals(existsSync(file) ? readFileSync(file, 'utf8') : '', Number(suites));
console.log(`${passed} passed, ${failed} failed`);
