import { loading } from '@kit/element';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { refused } from '../view';
import { connectionPath, takes, type Connection, type SourceKind } from './brought';
import './files';
import './listening';
import { ArrivalPart } from './part';

/** Of a connection that things are brought to: where to, and what has come. Of any other kind it shows nothing. */
@customElement('lms-arrivals')
export class Arrivals extends ArrivalPart {
  @property({ attribute: false }) kind: SourceKind | null = null;
  @state() private of: Connection | null = null;
  private loadedFor = '';

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const key = `${this.organization}|${this.connection}`;
    if (this.loadedFor === key && !changed.has('changes')) return;
    if (this.loadedFor !== key) this.of = null;
    this.loadedFor = key;
    void this.load();
  }

  private async load(): Promise<void> {
    const { loadedFor } = this;
    await this.attempt(async () => {
      const { data } = await this.ctx.api.get<Connection>(connectionPath(this.organization, this.connection));
      if (this.loadedFor === loadedFor) this.of = data;
    });
  }

  override render(): unknown {
    const { ctx, organization, connection, changes, of } = this;
    if (this.problem) return refused(ctx, this.problem, () => void this.load());
    if (!of) return loading(ctx);
    if (takes(this.kind, 'request')) return html`<lms-listening .ctx=${ctx} .organization=${organization} .connection=${connection} .changes=${changes} .of=${of}></lms-listening>`;
    if (takes(this.kind, 'upload')) return html`<lms-brought-files .kind=${this.kind} .ctx=${ctx} .organization=${organization} .connection=${connection} .changes=${changes} .of=${of}></lms-brought-files>`;
    return nothing;
  }
}
