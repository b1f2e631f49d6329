import { html, nothing, type TemplateResult } from 'lit';
import { copy } from '@kit/clipboard';
import { icon } from '@kit/icons';
import type { SetupHost } from './host';

export function guidLine(host: SetupHost): TemplateResult | typeof nothing {
  const { ctx, words, wizard } = host;
  if (!wizard.guid) return nothing;
  const take = async (event: Event) => {
    const shown = (event.currentTarget as HTMLElement).parentElement!.querySelector('code');
    ctx.say((await copy(wizard.guid!, shown)) === 'copied' ? `${ctx.kit.copied}: guid` : words.selected);
  };
  return html`<dl class="guid">
    <dt>${words.guid}</dt>
    <dd>
      <code>${wizard.guid}</code>
      <button class="btn small" type="button" aria-label=${words.copyGuid} @click=${take}>${icon('copy', 's')}${words.copyGuid}</button>
    </dd>
  </dl>`;
}
