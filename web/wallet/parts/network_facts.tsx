// What a person should know of a network before money is on it.
import { useWallet } from '../model/use_wallet.tsx';
import { Notice } from './notice.tsx';
import { useWords } from '../words/use_words.tsx';

export function TestMoneyNotice() {
  const { say } = useWords();
  const { network } = useWallet().state;
  if (!network?.testMoney) return null;
  return (
    <Notice title={say('network.testMoney')} data-testid="test-money">
      <p>{say('network.testMoneyText', { name: network.name })}</p>
    </Notice>
  );
}

/** No genesis is known from elsewhere: the faucet's first word is kept. */
export function FirstContact() {
  const { say } = useWords();
  return (
    <p className="soft" data-testid="first-contact">
      {say('networks.firstContact')}
    </p>
  );
}
