// To the validators of a network in this process, without a network between: for making blocks.
import type { Transport } from '@mica/bindings/node';
import type { Network } from '@mica/devnet/network';

export function directTransport({ validators }: Network, firstPort: number): Transport {
  const at = (url: string) => validators[Number(new URL(url).port) - firstPort]!;
  return {
    async send(url, body) {
      const answer = await at(url).request(url.split('/').at(-1)!, body);
      const grpcStatus = answer.status === 0 ? null : answer.status;
      return { status: 200, grpcStatus, grpcMessage: answer.message, body: answer.body };
    },
    openStream: (url, body, handlers) => at(url).openStream('Subscribe', body, handlers),
  };
}
