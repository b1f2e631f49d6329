import{a as r,b as d,j as f,V as j,y as P,e as R,J as D,A as v,h as x,r as S,n as k,z as B,B as I,C as M,N as E,R as F,T as _,F as W,d as w,I as q,t as K}from"./shell.js";import"./host-upload.js";import"./host-confirm.js";import{t as U}from"./host-shown.js";import{g as p,b as $,e as H,r as V,m as O,a as L,i as g,h as G,s as T,j as J,k as Q,l as X}from"./host-run-view.js";import{t as b,s as Y,r as z,a as Z,c as tt,b as st,d as et,e as A,m as at,f as it,i as nt,g as ot}from"./host-route-form.js";import{k as N,s as C,m as rt,f as dt}from"./host-trial.js";import{a as lt}from"./host-actor.js";import"./host-repeat.js";import"./host-clipboard.js";import"./host-run-log.js";import"./host-values.js";function ct(t,s){const e=p[t.language],{route:a,connection:i,sentTo:l}=s,{locale:n}=t,o=(c,u)=>d`<dt>${c}</dt><dd>${u}</dd>`;return d`<section class="panel" aria-labelledby="facts">
    <div class="panel-head">
      <h2 id="facts">${e.facts}</h2>
      <div class="btns">
        ${s.whyNot?d`<span class="small muted grow" id="toggle-why">${s.whyNot}</span>`:r}
        <button class="btn small" type="button" aria-disabled=${s.toggle?r:"true"} aria-describedby=${s.whyNot?"toggle-why":r} aria-busy=${s.busy?"true":r} @click=${()=>s.toggle?.()}>${a.enabled?e.disable:e.enable}</button>
      </div>
    </div>
    <div class="panel-body stack-s">
      <dl class="facts wide">
        ${o(e.records,N(t.language,b(a.mapping)))} ${o(e.schedule,ht(t,s))} ${$(i.kind)?r:o(e.next,ut(t,s))}
        ${l?o(e.address,d`<code>${location.origin}${l}</code> <span class="small muted">${e.addressHint}</span>`):r}
        ${o(e.readUpTo,$(i.kind)?e.readBrought:a.watermark?a.readUpTo===null?e.readUpToNone:d`<code>${a.watermark.column}</code> = <code>${a.readUpTo}</code>`:e.readAll)}
        ${o(e.deletions,a.deletions==="follow"?e.deletionsFollow(n.number(a.maxDeletedPercent)):e.deletionsKeep)}
        ${o(e.onError,a.onError==="stop"?e.onErrorStop:e.onErrorSkip)} ${o(e.order,n.number(a.position))}
        ${a.fromSet?o(e.fromSet,d`<code>${a.fromSet}</code>`):r} ${o(e.changed,e.changedBy(n.moment(a.changedAt),lt(t.language,a.changedBy)))}
      </dl>
      <details class="more">
        <summary>${f("chev","s")}${e.settingsAndMapping}</summary>
        <div class="stack-s conversion">
          ${Object.entries(a.settings).map(([c,u])=>d`<div><p class="small muted">${s.kind?.route.find(y=>y.name===c)?.title??c}</p><pre class="raw query">${Y(u)}</pre></div>`)} ${mt(t,a)}
        </div>
      </details>
    </div>
  </section>`}function ht(t,{route:s,connection:e}){const a=p[t.language];return $(e.kind)?a.scheduleBrought:s.schedule?a.scheduleOwn(C(t,s.schedule.cron),s.schedule.zone):e.schedule?a.scheduleOfConnection(C(t,e.schedule.cron),e.schedule.zone):a.scheduleNone}function ut(t,{route:s,connection:e}){const a=p[t.language];if(!s.enabled||!e.enabled)return a.nextOff;const i=s.schedule??e.schedule,l=i&&H(i.cron,i.zone,new Date);return l?t.locale.moment(l):a.nextNone}function mt(t,{mapping:s}){const e=p[t.language],a=b(s),i=[["externalId",z(s,"externalId")],["content",z(s,"content")],...pt(a,Z(s))],l=tt(s),n=rt[t.language].conditionIs;return d`<div class="table-wrap">
      <table>
        <thead><tr><th scope="col">${e.field}</th><th scope="col">${e.from}</th></tr></thead>
        <tbody>${i.filter(([,o])=>o).map(([o,c])=>d`<tr><td>${dt(t.language,a,o,st(a,o)?.to).label} <code class="faint">${o}</code></td><td>${$t(t,c)}</td></tr>`)}</tbody>
      </table>
    </div>
    ${l.map(o=>d`<p class="small"><code>${o.column}</code> ${o.in?`${n.in}: ${o.in.join("; ")}`:o.notIn?`${n.notIn}: ${o.notIn.join("; ")}`:o.missing?n.missing:n.given}</p>`)}`}function pt(t,s){const e=(et[t]??[]).map(i=>i.name),a=([i])=>e.includes(i)?e.indexOf(i):e.length;return Object.entries(s).sort((i,l)=>a(i)-a(l))}function $t(t,s){const e=p[t.language],a=at(s);if(a==="derive")return e.derived;if(a==="constant")return e.constant(A(s));const i=Object.keys(s.map??{}).length;return d`<code>${A(s)}</code>${i?d` <span class="small muted">${e.withMap(t.locale.count(i,e.valueForms))}</span>`:r}${s.date?d` <span class="small muted">${e.asTime}${s.date.zone?`, ${s.date.zone}`:""}</span>`:r}`}var gt=Object.defineProperty,ft=Object.getOwnPropertyDescriptor,m=(t,s,e,a)=>{for(var i=a>1?void 0:a?ft(s,e):s,l=t.length-1,n;l>=0;l--)(n=t[l])&&(i=(a?n(s,e,i):n(i))||i);return a&&i&&gt(s,e,i),i};let h=class extends j{constructor(){super(...arguments),this.connection="",this.problem=null,this.changed=!1,this.busy="",this.stopping=!1,this.etag="",this.watching=null}get words(){return p[this.ctx.language]}get resource(){return V(this.organization,this.connection,this.path)}get mayRun(){return O(this.ctx.session,this.organization,"methodist")}get mayChange(){return O(this.ctx.session,this.organization,"organization-admin")}key(){return`${super.key()}|${this.connection}`}async load(t){const{api:s}=this.ctx,e=L(this.organization,this.connection),[a,i,l,n]=await Promise.all([s.get(this.resource,{signal:t}),s.get(e,{signal:t}),P(this.ctx,`${this.resource}/runs`,{limit:"20"},t),R(s,"/api/v1/source-kinds",{signal:t})]);this.etag=a.etag;let o="";if(i.data.kind==="listen"){const{data:c}=await s.get(`${e}/listening`,{signal:t});o=c.routes.find(u=>u.name===this.path)?.address??""}return g(l.items[0])?this.watch():this.stopping=!1,{route:a.data,connection:i.data,runs:l,kind:n.find(c=>c.name===i.data.kind)??null,address:o}}disconnectedCallback(){super.disconnectedCallback(),this.watching?.abort(),this.watching=null}async watch(){if(this.watching)return;const t=this.watching=new AbortController,{signal:s}=t;for(;!s.aborted;){await D(1e3,s);const e=this.data?.runs.items[0];if(s.aborted||!e)break;try{const{data:a}=await this.ctx.api.get(`${this.resource}/runs/${e.id}`,{signal:s});if(s.aborted)break;const{runs:i}=this.data;if(this.data={...this.data,runs:{...i,items:i.items.map(n=>n.id===a.id?a:n)}},g(a))continue;this.watching=null,this.ctx.say(this.words.ended(G(this.ctx,a)));const l=this.shadowRoot?.activeElement?.id==="stop";await this.refresh(),l&&await this.focusOn("#run");break}catch(a){if(a instanceof v&&a.status>0&&a.status<500)break}}this.watching===t&&(this.watching=null)}async focusOn(t){await this.updateComplete,this.renderRoot.querySelector(t)?.focus()}wayHere(){return it(this.ctx,this.organization,this.connection,this.data?.connection.title,void 0,this.heading())}heading(){return this.data?.route.title||this.path}lead(){if(!this.data)return r;const{route:t}=this.data;return d`<div class="line"><p class="lead">${this.words.makes(N(this.ctx.language,b(t.mapping)))}</p>${t.enabled?d`<span class="badge ok">${f("okc")}${this.words.on}</span>`:d`<span class="badge">${f("minus")}${this.words.off}</span>`}</div>`}whyNot(){const{words:t}=this,{route:s,connection:e,runs:a}=this.data;return this.mayRun?e.enabled?s.enabled?g(a.items[0])?t.runsAlready:"":t.routeOff:t.connectionOff:t.needsMethodist}actions(){const{words:t}=this,{connection:s,route:e}=this.data,a=this.whyNot(),i=d`<a class="btn" href=${this.mayChange?x("org",this.organization,"connections",this.connection,"routes",this.path,"edit"):r} role=${this.mayChange?r:"link"} aria-disabled=${this.mayChange?r:"true"} aria-describedby=${this.mayChange?r:"why-edit"}>${this.shell.edit}</a>
      ${this.mayChange?r:d`<span class="sr" id="why-edit">${t.needsAdmin}</span>`}`;if($(s.kind))return d`<div class="btns">${i}</div>`;const l=(n,o,c,u,y)=>d`<button class="btn ${o}" id=${n} type="button" aria-disabled=${a?"true":r} aria-describedby=${a?"why":r} aria-busy=${this.busy===n?"true":r} @click=${()=>!a&&void y()}>${f(u)}${c}</button>`;return d`<div class="acts">
      <div class="btns">
        ${i} ${e.watermark?l("full","",t.runAll,"refresh",()=>this.runAll()):r} ${l("run","primary",t.run,"play",()=>this.run("run",{}))}
      </div>
      ${a?d`<p class="small muted" id="why">${a}</p>`:r}
      ${!e.watermark&&e.deletions==="follow"?d`<p class="hint">${t.followsNow(this.ctx.locale.number(e.maxDeletedPercent))}</p>`:r}
    </div>`}draw({route:t,connection:s,runs:e,kind:a,address:i}){const{words:l}=this,n=e.items[0]??null,o=$(s.kind);return d`<lms-confirm .ctx=${this.ctx}></lms-confirm>
      ${this.problem?S(this.ctx,this.problem):r} ${this.changed?k("alert","warn",this.ctx.kit.conflictTitle,l.changedMeanwhile):r}
      ${s.enabled?r:k("plug","warn",l.off,l.connectionOff)}
      ${s.kind==="listen"?k("down","now",l.scheduleBrought,l.listenLead):r}
      ${s.kind==="files"?d`<lms-upload .ctx=${this.ctx} .organization=${this.organization} .connection=${this.connection} .of=${s} .routes=${[t]} .route=${t} @file-ended=${()=>void this.refresh()}></lms-upload>`:r}
      ${n?this.latest(n):B("clock",l.noRunsTitle,o?l.noRunsBrought:l.noRunsText)}
      ${ct(this.ctx,{route:t,connection:s,kind:a,sentTo:i,...this.mayChange?{toggle:()=>void this.toggle()}:{whyNot:l.needsAdmin},busy:this.busy==="toggle"})}
      <lms-route-trial .ctx=${this.ctx} .resource=${this.resource} .kind=${s.kind} .target=${b(t.mapping)} .arePaths=${nt(a,t.settings)} .whyNot=${this.mayRun?"":l.needsMethodist}></lms-route-trial>
      ${e.items.length?this.runs(e):r}
      ${this.mayChange?d`<div class="danger-zone"><button class="btn danger-quiet" type="button" @click=${()=>void this.erase()}>${l.remove}</button></div>`:r}`}latest(t){const{words:s}=this,e=g(t),a=i=>i.code==="source.deletions"&&!e?d`<div class="btns"><button class="btn small danger-quiet" type="button" aria-disabled=${this.whyNot()?"true":r} @click=${()=>!this.whyNot()&&void this.confirmDeletions()}>${s.confirmDeletions}</button></div>`:r;return d`<section class="panel" aria-labelledby="latest">
      <div class="panel-head">
        <div class="line"><h2 id="latest" tabindex="-1">${s.latest}</h2>${T(this.ctx,t)}<a class="small" href=${this.pageOf(t)}>${this.ctx.locale.moment(t.startedAt)}</a></div>
        ${e?d`<button class="btn" id="stop" type="button" aria-disabled=${!this.mayRun||this.stopping?"true":r} aria-describedby=${this.stopping||!this.mayRun?"stop-why":r} @click=${()=>void this.stop()}>${s.stop}</button>`:r}
      </div>
      <div class="panel-body stack-s">
        ${e&&(this.stopping||!this.mayRun)?d`<p class="small muted" id="stop-why">${this.stopping?s.stopping:s.needsMethodist}</p>`:r}
        ${J(this.ctx,t)} ${Q(this.ctx,t.diagnoses,t.state==="failed"?"bad":"warn",a)}
        ${(t.counts.rejected??0)>0?d`<p><a href=${this.pageOf(t)}>${s.refused}: ${this.ctx.locale.number(t.counts.rejected??0)}</a></p>`:r}
      </div>
    </section>`}pageOf(t){return x("org",this.organization,"connections",this.connection,"routes",this.path,"runs",t.id)}runs(t){const{words:s}=this,{locale:e}=this.ctx,a=["rows","written","unchanged","rejected","deleted"],i={...s.counts,written:s.written},l=({counts:n},o)=>Object.keys(n).length===0?this.shell.unknown:e.number(o==="written"?(n.created??0)+(n.updated??0):n[o]??0);return d`<section class="panel" aria-labelledby="runs">
      <div class="panel-head"><div><h2 id="runs">${s.runs}</h2><p class="small muted">${s.runsKept}</p></div></div>
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${s.startedAt}</th><th scope="col">${s.result}</th>${a.map(n=>d`<th scope="col" class="r">${i[n]}</th>`)}</tr></thead>
          <tbody>
            ${t.items.map(n=>d`<tr>
                  <td class="num"><div><a href=${this.pageOf(n)}>${e.moment(n.startedAt)}</a><small>${s.modes[n.mode]??n.mode}, ${U(this.ctx,n)}</small><small>${X(this.ctx,n)}</small></div></td>
                  <td data-label=${s.result}><div>${T(this.ctx,n)}${n.diagnoses[0]?d`<small>${n.diagnoses[0].title}</small>`:r}</div></td>
                  ${a.map(o=>d`<td class="r num ${o==="rejected"&&(n.counts.rejected??0)>0?"bad-text":""}" data-label=${i[o]}>${l(n,o)}</td>`)}
                </tr>`)}
          </tbody>
        </table>
      </div>
      ${I(this.ctx,t,()=>void this.more())}
    </section>`}async more(){await this.attempt("more",async()=>{this.data={...this.data,runs:await M(this.ctx,`${this.resource}/runs`,this.data.runs)}})}async attempt(t,s){if(!this.busy){this.busy=t,this.problem=null,this.changed=!1;try{await s()}catch(e){e instanceof v&&e.status===412?(this.changed=!0,await this.refresh()):this.problem=e,e instanceof v&&e.status===409&&await this.refresh()}this.busy=""}}run(t,s){return this.attempt(t,async()=>{await this.ctx.api.post(`${this.resource}/run`,s,{idempotencyKey:E()}),this.ctx.say(this.words.started),await this.refresh()})}async runAll(){const{words:t}=this,{route:s}=this.data;s.deletions==="follow"&&!await this.confirm.ask(t.fullTitle,t.fullText(this.ctx.locale.number(s.maxDeletedPercent)),t.fullAction)||await this.run("full",{full:!0})}async confirmDeletions(){const{words:t}=this;await this.confirm.ask(t.confirmTitle,t.confirmText,t.confirmDeletions)&&(await this.run("full",{full:!0,confirmDeletions:!0}),await this.focusOn("#latest"))}stop(){return!this.mayRun||this.stopping?Promise.resolve():this.attempt("stop",async()=>{await this.ctx.api.post(`${this.resource}/cancel`,{}),this.stopping=!0,this.ctx.say(this.words.stopping)})}toggle(){return this.attempt("toggle",async()=>{const{data:t,etag:s}=await this.ctx.api.post(`${this.resource}/${this.data.route.enabled?"disable":"enable"}`,{});this.etag=s,this.data={...this.data,route:t},this.ctx.say(t.enabled?this.words.enabledNow:this.words.disabledNow)})}async erase(){const{words:t}=this;await this.confirm.ask(t.removeTitle(this.heading()),t.removeText,t.remove)&&await this.attempt("remove",async()=>{await this.ctx.api.delete(this.resource,{ifMatch:this.etag}),this.ctx.say(t.removed),this.ctx.go(x("org",this.organization,"connections",this.connection))})}};h.styles=[F,_,ot];m([W({attribute:!1})],h.prototype,"connection",2);m([w()],h.prototype,"problem",2);m([w()],h.prototype,"changed",2);m([w()],h.prototype,"busy",2);m([w()],h.prototype,"stopping",2);m([q("lms-confirm")],h.prototype,"confirm",2);h=m([K("lms-route")],h);export{h as RouteView};
