import { useEffect, useState } from 'react';
import { parseTokens } from '@mica/wallet-contract/amounts';
import { LANGUAGES, type Settings } from '@mica/wallet-contract/api';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Check, Choice, Field } from '../parts/field.tsx';
import { Icon, type IconName } from '../parts/icons.tsx';
import { Failure } from '../parts/notice.tsx';
import { Card, Page } from '../parts/page.tsx';
import { autonyms } from '../words/languages.ts';
import { useWords } from '../words/use_words.tsx';

const minutes = [1, 5, 10, 15, 30, 60, 240];

export function SettingsScreen() {
  const words = useWords();
  const { say } = words;
  const { state, wallet, keys } = useWallet();
  const { settings } = state;
  const { run, failure } = useAction();
  const set = (change: Partial<Settings>) => void run(() => wallet.setSettings(change));
  const times = [...new Set([...minutes, settings.lockAfterMinutes])].sort((a, b) => a - b);
  return (
    <Page id="settings">
      <Failure failure={failure} />
      <Card>
        <Choice
          label={say('settings.theme')}
          value={settings.theme}
          options={[
            ['system', say('settings.themeSystem')],
            ['light', say('settings.themeLight')],
            ['dark', say('settings.themeDark')],
          ]}
          onChange={(theme) => set({ theme })}
          data-testid="theme"
        />
        <Choice
          label={say('settings.language')}
          value={settings.language}
          options={[
            ['browser', say('settings.languageBrowser')],
            ...LANGUAGES.map((name) => [name, autonyms[name]] as const),
          ]}
          onChange={(language) => set({ language })}
          data-testid="language"
        />
        <Choice
          label={say('settings.lockAfter')}
          value={`${settings.lockAfterMinutes}`}
          options={times.map((one) => [`${one}`, words.minutes(one)])}
          onChange={(text) => set({ lockAfterMinutes: Number(text) })}
          data-testid="lock-after"
        />
        <Check
          label={say('settings.autoReceive')}
          hint={say('settings.autoReceiveHint')}
          checked={settings.autoReceive}
          onChange={(autoReceive) => set({ autoReceive })}
          data-testid="auto-receive"
        />
        {settings.autoReceive && <FeeCap />}
        <Check
          label={say('settings.notifications')}
          checked={settings.notifications}
          onChange={(notifications) => set({ notifications })}
          data-testid="notifications"
        />
      </Card>
      <More />
      <Button
        kind="quiet"
        icon="lock"
        onClick={() => void run(() => keys.lock({}))}
        data-testid="settings-lock"
      >
        {say('settings.lock')}
      </Button>
      <p className="soft small">{say('settings.version', { version: state.version })}</p>
    </Page>
  );
}

function More() {
  const { state, vault } = useWallet();
  const { say } = useWords();
  return (
    <nav className="links" aria-label={say('settings.more')}>
      <To
        to="/networks"
        icon="globe"
        label={say('settings.networks')}
        note={state.network?.name}
        id="networks"
      />
      <To
        to="/settings/accounts"
        icon="key"
        label={say('settings.accounts')}
        note={`${vault.accounts.length}`}
        id="accounts"
      />
      <To
        to="/settings/hosts"
        icon="open"
        label={say('settings.hosts')}
        note={`${state.hosts.length}`}
        id="hosts"
      />
      <To to="/settings/backup" icon="save" label={say('settings.backup')} id="backup" />
      <To to="/settings/phrase" icon="eye" label={say('settings.phrase')} id="phrase" />
      <To to="/settings/password" icon="lock" label={say('settings.password')} id="password" />
      <To to="/settings/erase" icon="warning" label={say('settings.erase')} id="erase" />
    </nav>
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
  const words = useWords();
  const { say } = words;
  const { state, wallet } = useWallet();
  const now = words.exact(state.settings.receiveFeeCap);
  const [text, setText] = useState(now);
  const [problem, setProblem] = useState<string | null>(null);
  const { run, busy, failure } = useAction();
  useEffect(() => setText(now), [now]);
  const save = () => {
    const receiveFeeCap = parseTokens(text.replace(words.decimalSign, '.'));
    setProblem(receiveFeeCap === null ? say('amount.malformed') : null);
    if (receiveFeeCap !== null) void run(() => wallet.setSettings({ receiveFeeCap }));
  };
  return (
    <>
      <Field
        label={say('settings.feeCap')}
        inputMode="decimal"
        value={text}
        onChange={setText}
        problem={problem}
        side={
          <Button kind="quiet" busy={busy} disabled={text.trim() === now} onClick={save}>
            {say('do.save')}
          </Button>
        }
        data-testid="fee-cap"
      />
      <Failure failure={failure} />
    </>
  );
}
