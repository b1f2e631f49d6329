/** The shell's own views by address: each one's code comes when it is opened. */

import { html, type TemplateResult } from 'lit';
import type { ShellContext } from './context';

interface ViewEntry {
  load: () => Promise<unknown>;
  draw: (ctx: ShellContext, organization: string, path: string) => TemplateResult;
}

export const organizationViews: Record<string, ViewEntry> = {
  '': {
    load: () => import('./organization/organization'),
    draw: (ctx, organization) => html`<lms-organization .ctx=${ctx} .organization=${organization}></lms-organization>`,
  },
  edit: {
    load: () => import('./organization/edit'),
    draw: (ctx, organization) => html`<lms-organization-edit .ctx=${ctx} .organization=${organization}></lms-organization-edit>`,
  },
  users: {
    load: () => import('./people/users'),
    draw: (ctx, organization) => html`<lms-users .ctx=${ctx} .organization=${organization}></lms-users>`,
  },
  connections: {
    load: () => import('./connections/place'),
    draw: (ctx, organization, path) => html`<lms-connections-place .ctx=${ctx} .organization=${organization} .path=${path}></lms-connections-place>`,
  },
  xapi: {
    load: () => import('./xapi/place'),
    draw: (ctx, organization, path) => html`<lms-xapi-place .ctx=${ctx} .organization=${organization} .path=${path}></lms-xapi-place>`,
  },
  alarms: {
    load: () => import('./alarms/alarms'),
    draw: (ctx, organization) => html`<lms-alarms .ctx=${ctx} .organization=${organization}></lms-alarms>`,
  },
  journal: {
    load: () => import('./journal/journal'),
    draw: (ctx, organization) => html`<lms-journal .ctx=${ctx} .organization=${organization}></lms-journal>`,
  },
};

export const serverViews: Record<string, ViewEntry> = {
  organizations: {
    load: () => Promise.all([import('./server/organizations'), import('./organization/edit')]),
    draw: (ctx, _, path) =>
      path === 'new'
        ? html`<lms-organization-edit .ctx=${ctx} .organization=${''}></lms-organization-edit>`
        : html`<lms-organizations .ctx=${ctx}></lms-organizations>`,
  },
  users: {
    load: () => Promise.all([import('./people/users'), import('./people/user')]),
    draw: (ctx, _, path) => (path ? html`<lms-user .ctx=${ctx} .path=${path}></lms-user>` : html`<lms-users .ctx=${ctx}></lms-users>`),
  },
  tokens: {
    load: () => Promise.all([import('./people/tokens'), import('./people/token')]),
    draw: (ctx, _, path) => (path === 'new' ? html`<lms-token .ctx=${ctx}></lms-token>` : html`<lms-tokens .ctx=${ctx}></lms-tokens>`),
  },
  projects: {
    load: () => Promise.all([import('./server/projects'), import('./server/project')]),
    draw: (ctx, _, path) => (path ? html`<lms-project .ctx=${ctx} .path=${path}></lms-project>` : html`<lms-projects .ctx=${ctx}></lms-projects>`),
  },
  jobs: {
    load: () => Promise.all([import('./server/jobs'), import('./server/job')]),
    draw: (ctx, _, path) => (path ? html`<lms-job .ctx=${ctx} .path=${path}></lms-job>` : html`<lms-jobs .ctx=${ctx}></lms-jobs>`),
  },
  modules: {
    load: () => import('./server/modules'),
    draw: (ctx) => html`<lms-modules .ctx=${ctx}></lms-modules>`,
  },
  alarms: {
    load: () => import('./alarms/alarms'),
    draw: (ctx) => html`<lms-alarms .ctx=${ctx}></lms-alarms>`,
  },
  journal: {
    load: () => import('./journal/journal'),
    draw: (ctx) => html`<lms-journal .ctx=${ctx}></lms-journal>`,
  },
};
