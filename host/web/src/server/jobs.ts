import { everyItem } from '@kit/api';
import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { address } from '../route';
import { View, empty } from '../view';
import { runBadge, type Job } from './job-runs';
import { serverTexts } from './texts';

@customElement('lms-jobs')
export class Jobs extends View<Job[]> {
  private get words() {
    return serverTexts[this.ctx.language];
  }
  protected override load(signal: AbortSignal): Promise<Job[]> {
    return everyItem<Job>(this.ctx.api, '/api/v1/jobs', { signal });
  }
  protected override heading(): string {
    return this.words.jobs;
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.words.jobsLead}</p>`;
  }

  protected override draw(jobs: Job[]): TemplateResult {
    const { words } = this;
    const { locale } = this.ctx;
    if (jobs.length === 0) return empty('clock', words.noJobsTitle, words.noJobsText);
    return html`<section class="panel">
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${words.job}</th><th scope="col">${words.schedule}</th><th scope="col">${words.next}</th><th scope="col">${words.latest}</th></tr></thead>
          <tbody>
            ${jobs.map(
              (job) =>
                html`<tr>
                  <td><b><a href=${address('server', 'jobs', job.name)}>${words.jobTitles[job.name] ?? job.title}</a></b><small class="mono">${job.name}</small></td>
                  <td data-label=${words.schedule}><div><code>${job.schedule}</code><small>${words.zone(job.timeZone)}</small></div></td>
                  <td data-label=${words.next}>${job.nextAt ? locale.moment(job.nextAt) : words.noNext}</td>
                  <td data-label=${words.latest}>${job.latestRun ? html`<div>${runBadge(words, job.latestRun)}<small>${locale.moment(job.latestRun.startedAt)}</small></div>` : html`<span class="faint">${words.neverRan}</span>`}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }
}
