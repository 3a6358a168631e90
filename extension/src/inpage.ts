// Runs in the page's own world at document_start: makes the provider, announces it, and takes
// window.linera only where nobody else has it.
import icon from '../icons/icon.svg';
import { postEnvelope, readEnvelope, TO_CONTENT, TO_PAGE } from './content/wire.ts';
import { announce, registerStandard, standardWallet } from './inpage/announce.ts';
import { MicaProvider } from './inpage/provider.ts';

function install(): void {
  const provider = new MicaProvider({
    post: (text) => postEnvelope(TO_CONTENT, text),
    newId: () => crypto.randomUUID(),
  });
  window.addEventListener('message', (event) => {
    const text = readEnvelope(event, TO_PAGE);
    if (text !== null) provider.receive(text);
  });

  Object.freeze(provider);
  const info = { uuid: crypto.randomUUID(), name: 'Mica', icon, rdns: 'io.mica.wallet' };
  if (!('linera' in window)) {
    Object.defineProperty(window, 'linera', {
      value: provider,
      configurable: true,
      writable: true,
    });
  }
  announce(info, provider);
  registerStandard(standardWallet(info, provider));
}

// A sandboxed document has no origin: it would be refused, and could not even be told so.
if (self.origin !== 'null') install();
