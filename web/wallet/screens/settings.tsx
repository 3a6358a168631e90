import { useEffect, useState } from 'react';
import { formatTokens, parseTokens } from '@mica/wallet-contract/amounts';
import type { Settings } from '@mica/wallet-contract/api';
import { count } from '../model/texts.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Check, Choice, Field } from '../parts/field.tsx';
import { Icon, type IconName } from '../parts/icons.tsx';
import { Failure } from '../parts/notice.tsx';
import { Card, Page } from '../parts/page.tsx';

const minutes = [1, 5, 10, 15, 30, 60, 240];

const receiving =
  'While unlocked, blocks that only take in what came, and lower no balance beyond the cap, ' +
  'are signed without asking.';

export function SettingsScreen() {
  const { state, wallet, keys, vault } = useWallet();
  const { settings } = state;
  const { run, failure } = useAction();
  const set = (change: Partial<Settings>) => void run(() => wallet.setSettings(change));
  const times = [...new Set([...minutes, settings.lockAfterMinutes])].sort((a, b) => a - b);
  return (
    <Page id="settings" title="Settings">
      <Failure failure={failure} />
      <Card>
        <Choice
          label="Theme"
          value={settings.theme}
          options={[
            ['system', 'Like the system'],
            ['light', 'Light'],
            ['dark', 'Dark'],
          ]}
          onChange={(theme) => set({ theme })}
          data-testid="theme"
        />
        <Choice
          label="Lock when nobody is here for"
          value={`${settings.lockAfterMinutes}`}
          options={times.map((one) => [`${one}`, count(one, 'minute')])}
          onChange={(text) => set({ lockAfterMinutes: Number(text) })}
          data-testid="lock-after"
        />
        <Check
          label="Receive by itself"
          hint={receiving}
          checked={settings.autoReceive}
          onChange={(autoReceive) => set({ autoReceive })}
          data-testid="auto-receive"
        />
        {settings.autoReceive && <FeeCap />}
        <Check
          label="Tell me when money comes"
          checked={settings.notifications}
          onChange={(notifications) => set({ notifications })}
          data-testid="notifications"
        />
      </Card>
      <nav className="links" aria-label="More settings">
        <To to="/networks" icon="globe" label="Networks" note={state.network?.name} id="networks" />
        <To
          to="/settings/accounts"
          icon="key"
          label="Accounts"
          note={`${vault.accounts.length}`}
          id="accounts"
        />
        <To to="/settings/backup" icon="save" label="Save a backup file" id="backup" />
        <To to="/settings/phrase" icon="eye" label="Show the phrase" id="phrase" />
        <To to="/settings/password" icon="lock" label="Change the password" id="password" />
        <To to="/settings/erase" icon="warning" label="Delete the wallet here" id="erase" />
      </nav>
      <Button
        kind="quiet"
        icon="lock"
        onClick={() => void run(() => keys.lock({}))}
        data-testid="settings-lock"
      >
        Lock now
      </Button>
      <p className="soft small">Mica {state.version}</p>
    </Page>
  );
}

function To(props: { to: string; icon: IconName; label: string; note?: string; id: string }) {
  return (
    <a href={`#${props.to}`} data-testid={`settings-${props.id}`}>
      <Icon name={props.icon} size={18} /> {props.label}
      <span className="grow" />
      {props.note && <span className="soft">{props.note}</span>}
      <Icon name="next" size={16} />
    </a>
  );
}

function FeeCap() {
  const { state, wallet } = useWallet();
  const now = formatTokens(state.settings.receiveFeeCap);
  const [text, setText] = useState(now);
  const [problem, setProblem] = useState<string | null>(null);
  const { run, busy, failure } = useAction();
  useEffect(() => setText(now), [now]);
  const save = () => {
    const receiveFeeCap = parseTokens(text);
    setProblem(receiveFeeCap === null ? 'This is no amount.' : null);
    if (receiveFeeCap !== null) void run(() => wallet.setSettings({ receiveFeeCap }));
  };
  return (
    <>
      <Field
        label="At most this fee for receiving (tokens)"
        inputMode="decimal"
        value={text}
        onChange={setText}
        problem={problem}
        side={
          <Button kind="quiet" busy={busy} disabled={text.trim() === now} onClick={save}>
            Save
          </Button>
        }
        data-testid="fee-cap"
      />
      <Failure failure={failure} />
    </>
  );
}
