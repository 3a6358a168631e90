// Older versions kept requests in the store of each network, with all that the page had sent. What
// was signed is taken over; the rest nobody waits for any more.
import { askedOf, isOpen, type Requests, type StoredRequest } from './requests.ts';
import type { Session } from './session.ts';

type OldRequest = StoredRequest & { params?: unknown };

export async function takeOverOld(requests: Requests, session: Session): Promise<void> {
  const { records, genesisHash: network } = session;
  const stored = await records.list<OldRequest>('request/');
  const signed = stored
    .map(([, request]) => request)
    .filter(({ status, block }) => block && (isOpen(status) || status === 'done'))
    .map(({ origin, id, method, status, result, createdAt, block, params }) => ({
      ...{ origin, id, method, status, result, createdAt, block },
      ...{ network, asked: askedOf(params), order: null },
      chainId: block?.chainId ?? null,
    }));
  await requests.adopt(signed);
  // There may be thousands: nobody waits for that.
  const remove = async () => {
    for (const [key] of stored) await records.remove(key);
  };
  void remove().catch((error: unknown) => console.warn(error));
}
