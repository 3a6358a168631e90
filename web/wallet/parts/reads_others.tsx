import { useWords } from '../words/use_words.tsx';
import { Check } from './field.tsx';

/** Whether a site may read chains that are not in this wallet. */
export function ReadsOthers({
  checked,
  onChange,
  hint,
}: {
  checked: boolean;
  onChange(checked: boolean): void;
  hint: 'connect.readsText' | 'site.readsText';
}) {
  const { say } = useWords();
  return (
    <fieldset className="card checks">
      <legend>{say('connect.others')}</legend>
      <Check
        checked={checked}
        onChange={onChange}
        label={say('connect.reads')}
        hint={say(hint)}
        data-testid="reads-others"
      />
    </fieldset>
  );
}
