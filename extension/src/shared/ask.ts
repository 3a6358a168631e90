// A question with one answer: the port for it goes along.

type Answer = { value: unknown } | { error: string };

export function askForValue<M>(
  post: (message: M, ports: Transferable[]) => void,
  message: M,
): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }: MessageEvent<Answer>) => {
      port1.close();
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.value);
    };
    post(message, [port2]);
  });
}
