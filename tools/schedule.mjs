// Runs works side by side where they do not disturb each other: each weighs some of a fixed room.

/**
 * Starts the works in their order, each as soon as there is room for it; what is too heavy for the
 * room runs alone.
 * @template {{ weight: number }} Work
 * @param {Work[]} works
 * @param {number} room
 * @param {(work: Work) => Promise<void>} run
 */
export async function schedule(works, room, run) {
  const waiting = [...works];
  const running = new Set();
  const weighs = () => [...running].reduce((sum, { weight }) => sum + weight, 0);
  const fits = (work) => running.size === 0 || weighs() + work.weight <= room;
  await new Promise((resolve, reject) => {
    const next = () => {
      if (waiting.length === 0 && running.size === 0) return resolve();
      while (waiting.length > 0 && fits(waiting[0])) begin(waiting.shift());
    };
    const begin = (work) => {
      running.add(work);
      run(work).then(() => {
        running.delete(work);
        next();
      }, reject);
    };
    next();
  });
}
