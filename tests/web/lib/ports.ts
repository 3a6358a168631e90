// Ports of 127.0.0.1 for a test's own servers, so that two runs do not disturb each other.
import { isFree } from '@mica/tools/ports';

// Below those that the system gives to outgoing connections.
const FIRST = 15_000;
const LAST = 32_000;

/** The first of `count` neighbouring ports that nobody listens on. */
export async function freePorts(count = 1): Promise<number> {
  for (;;) {
    const first = FIRST + Math.floor(Math.random() * (LAST - FIRST - count));
    const ports = Array.from({ length: count }, (_, at) => first + at);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
}
