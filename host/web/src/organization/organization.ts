import { everyItem } from '@kit/api';
import { askedOf, stepsOf } from '@kit/way';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { may, roleIn, type Organization, type Project } from '../context';
import { pagesFor } from '../menu';
import { loadScript } from '../module-page';
import { address, withQuery } from '../route';
import { View, note } from '../view';
import { organizationTexts } from './texts';
import { offers } from './participation';

interface Known {
  organization: Organization;
  projects: Project[];
}

/** What is known of an organization, and what the modules have to say of it. */
@customElement('lms-organization')
export class OrganizationView extends View<Known> {
  @state() private notices: HTMLElement[] = [];
  private noticesFor = '';

  private get words() {
    return organizationTexts[this.ctx.language];
  }
  private get canEdit(): boolean {
    return this.ctx.session.serverAdmin || may(this.ctx.session, this.organization, 'organization-admin');
  }

  protected override async load(signal: AbortSignal): Promise<Known> {
    const [{ data: organization }, projects] = await Promise.all([
      this.ctx.api.get<Organization>(`/api/v1/organizations/${this.organization}`, { signal }),
      everyItem<Project>(this.ctx.api, '/api/v1/projects', { signal }),
    ]);
    void this.loadNotices();
    return { organization, projects };
  }

  /** A module may say something on this page: an element named as its page's, with "-notice" at the end. */
  private async loadNotices(): Promise<void> {
    const { organization } = this;
    const pages = pagesFor(this.ctx.pages, this.ctx.session, organization);
    await Promise.all([...new Set(pages.map((page) => page.script))].map((script) => loadScript(script).catch(() => null)));
    const names = new Set(pages.map((page) => `${page.element}-notice`));
    this.notices = [...names].filter((name) => customElements.get(name)).map((name) => this.notice(name));
    this.noticesFor = organization;
  }

  protected override heading(): string {
    return this.data?.organization.legalName ?? this.ctx.organizations.find((one) => one.id === this.organization)?.legalName ?? '';
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.words.lead}</p>`;
  }
  protected override actions(): unknown {
    return this.canEdit
      ? html`<div class="btns"><a class="btn" href=${address('org', this.organization, 'edit')}>${this.words.edit}</a></div>`
      : html`<p class="small muted">${this.words.noRights}</p>`;
  }

  protected override draw({ organization, projects }: Known): TemplateResult {
    const { words } = this;
    const value = (text: string) => (text ? text : html`<span class="absent">${this.shell.notGiven}</span>`);
    const titleOf = (id: string) => projects.find((one) => one.id === id)?.title ?? id;
    const flags = offers(projects);
    return html`${roleIn(this.ctx.session, this.organization) ? nothing : note('excl', 'now', this.shell.noRole, words.noRole)}
      <div class="stack">
        ${this.noticesFor === this.organization ? this.notices : nothing}
        <section class="panel" aria-labelledby="main">
          <div class="panel-head"><h2 id="main">${words.main}</h2></div>
          <div class="panel-body">
            <dl class="facts wide">
              <dt>${words.legalName}</dt><dd>${value(organization.legalName)}</dd>
              <dt>${words.fullName}</dt><dd>${value(organization.fullName)}</dd>
              <dt>${words.tariff}</dt><dd>${this.shell.tariffs[organization.tariff] ?? organization.tariff}</dd>
              <dt>${words.projects}</dt><dd>${organization.projects.length ? organization.projects.map(titleOf).join(', ') : html`<span class="absent">${words.noProjects}</span>`}</dd>
              ${flags.length
                ? html`<dt>${words.participation}</dt>
                    <dd>${flags.map((offer) => html`<div>${offer.title}: ${organization.participation.includes(offer.flag) ? html`<span class="badge ok">${icon('okc')}${words.marked}</span>` : html`<span class="absent">${words.isNotParticipant}</span>`}</div>`)}</dd>`
                : nothing}
              <dt>${words.timeZone}</dt><dd>${organization.timeZone}</dd>
              <dt>${words.activityBase}</dt><dd><code>${organization.activityBase}</code></dd>
              <dt>${words.id}</dt><dd><code>${organization.id}</code></dd>
            </dl>
          </div>
        </section>
        <section class="panel" aria-labelledby="person">
          <div class="panel-head"><h2 id="person">${words.responsible}</h2></div>
          <div class="panel-body">
            <dl class="facts wide">
              <dt>${words.responsibleName}</dt><dd>${value(organization.responsibleName)}</dd>
              <dt>${words.responsiblePhone}</dt><dd>${value(organization.responsiblePhone)}</dd>
              <dt>${words.responsibleEmail}</dt><dd>${value(organization.responsibleEmail)}</dd>
              <dt>${words.corporateEmail}</dt><dd>${value(organization.corporateEmail)}</dd>
            </dl>
          </div>
        </section>
      </div>`;
  }


  private notice(name: string): HTMLElement {
    const element = document.createElement(name);
    element.setAttribute('organization', this.organization);
    element.setAttribute('language', this.ctx.language);
    // Its button leads to its page.
    const page = this.ctx.pages.find((one) => `${one.element}-notice` === name);
    element.addEventListener('lms-navigate', (event) => {
      event.preventDefault();
      const path = (event as CustomEvent<{ path: string }>).detail.path;
      if (page) this.ctx.go(withQuery(address('org', this.organization, page.id, stepsOf(path)), askedOf(path)));
    });
    return element;
  }
}
