// Node's JSON.parse alone on frames, one a line: prints the nanoseconds per frame, best of many rounds.
// Usage: node frames.mjs FILE ROUNDS
import { readFileSync } from 'node:fs';

const frames = readFileSync(process.argv[2], 'utf8').split('\n').filter(line => line.length > 0);
const rounds = Number(process.argv[3]);
const passes = Math.max(1, Math.ceil(2000 / frames.length));
let best = Infinity;
let objects = 0;
for (let round = 0; round < rounds; round++) {
  const began = process.hrtime.bigint();
  for (let pass = 0; pass < passes; pass++)
    for (const frame of frames)
      if (JSON.parse(frame) !== null) objects++;
  best = Math.min(best, Number(process.hrtime.bigint() - began) / (frames.length * passes));
}
if (objects !== frames.length * passes * rounds) process.exit(1);
console.log(`${process.version} ${best}`);
