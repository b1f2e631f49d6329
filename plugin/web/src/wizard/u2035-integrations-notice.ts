import { organizationPath, type Page as Items } from '@kit/api';
import { Page } from '@kit/element';
import { icon } from '@kit/icons';
import type { Language } from '@kit/locale';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';

interface Card {
  title: string;
  status: string;
  statusText: string;
}

const ru = {
  title: 'Интеграция с У2035 не завершена',
  text: 'Без настроенной интеграции цифровой след не будет отправлен и, соответственно, принят У2035.',
  open: 'Интеграции с У2035',
};
const texts: Record<Language, typeof ru> = {
  ru,
  en: {
    title: 'The U2035 integration is not finished',
    text: 'Without a finished integration the digital footprint is not sent to U2035, and so not accepted.',
    open: 'U2035 integrations',
  },
};

/**
 * What the module has to say on an organization's page: that nothing is sent yet, and for which projects. Nothing where all is set up, and
 * nothing where it can't be known: the page itself is not about it.
 */
@customElement('u2035-integrations-notice')
export class IntegrationsNotice extends Page {
  @state() private waiting: Card[] = [];
  private loadedFor = '';

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const wanted = `${this.organization} ${this.language}`;
    if (this.organization && wanted !== this.loadedFor) {
      this.loadedFor = wanted;
      void this.load();
    }
  }

  private async load(): Promise<void> {
    try {
      const { data } = await this.api.get<Items<Card>>(`${organizationPath(this.organization)}/u2035/integrations`);
      this.waiting = data.items.filter((card) => card.status !== 'active');
    } catch {
      this.waiting = [];
    }
  }

  override render(): TemplateResult | typeof nothing {
    const words = texts[this.language];
    if (this.waiting.length === 0) return nothing;
    return html`<section class="note warn" aria-labelledby="title">
      ${icon('alert')}
      <div>
        <h2 id="title" class="note-head">${words.title}</h2>
        <p>${words.text}</p>
        <ul>${this.waiting.map((card) => html`<li>${card.title}: ${card.statusText}</li>`)}</ul>
        <div class="btns"><button class="btn small" type="button" @click=${() => this.go('')}>${words.open}</button></div>
      </div>
    </section>`;
  }
}
