import{a as n,b as l,j as g,a1 as D,a2 as R,F as x,d as m,S as F,r as S,t as _,V as M,y as E,e as q,J as U,A as O,h as T,n as N,z as W,B as K,C as L,N as H,I as V}from"./shell.js";import"./host-confirm.js";import{t as G}from"./host-shown.js";import{g as p,b as y,e as J,r as Q,m as P,a as X,i as w,h as Y,s as A,j as Z,k as tt,l as st}from"./host-run-view.js";import{t as v,s as et,r as j,a as at,c as it,b as ot,d as nt,e as z,m as rt,f as B,g as lt,i as dt}from"./host-route-form.js";import{k as I,s as C,m as ct,f as ht}from"./host-trial.js";import{a as ut}from"./host-actor.js";import"./host-values.js";function pt(t,s){const e=p[t.language],{route:a,connection:i,sentTo:r}=s,{locale:o}=t,d=(c,$)=>l`<dt>${c}</dt><dd>${$}</dd>`;return l`<section class="panel" aria-labelledby="facts">
    <div class="panel-head">
      <h2 id="facts">${e.facts}</h2>
      <div class="btns">
        ${s.whyNot?l`<span class="small muted grow" id="toggle-why">${s.whyNot}</span>`:n}
        <button class="btn small" type="button" aria-disabled=${s.toggle?n:"true"} aria-describedby=${s.whyNot?"toggle-why":n} aria-busy=${s.busy?"true":n} @click=${()=>s.toggle?.()}>${a.enabled?e.disable:e.enable}</button>
      </div>
    </div>
    <div class="panel-body stack-s">
      <dl class="facts wide">
        ${d(e.records,I(t.language,v(a.mapping)))} ${d(e.schedule,mt(t,s))} ${y(i.kind)?n:d(e.next,ft(t,s))}
        ${r?d(e.address,l`<code>${location.origin}${r}</code> <span class="small muted">${e.addressHint}</span>`):n}
        ${d(e.readUpTo,y(i.kind)?e.readBrought:a.watermark?a.readUpTo===null?e.readUpToNone:l`<code>${a.watermark.column}</code> = <code>${a.readUpTo}</code>`:e.readAll)}
        ${d(e.deletions,a.deletions==="follow"?e.deletionsFollow(o.number(a.maxDeletedPercent)):e.deletionsKeep)}
        ${d(e.onError,a.onError==="stop"?e.onErrorStop:e.onErrorSkip)} ${d(e.order,o.number(a.position))}
        ${a.fromSet?d(e.fromSet,l`<code>${a.fromSet}</code>`):n} ${d(e.changed,e.changedBy(o.moment(a.changedAt),ut(t.language,a.changedBy)))}
      </dl>
      <details class="more">
        <summary>${g("chev","s")}${e.settingsAndMapping}</summary>
        <div class="stack-s conversion">
          ${Object.entries(a.settings).map(([c,$])=>l`<div><p class="small muted">${s.kind?.route.find(k=>k.name===c)?.title??c}</p><pre class="raw query">${et($)}</pre></div>`)} ${$t(t,a)}
        </div>
      </details>
    </div>
  </section>`}function mt(t,{route:s,connection:e}){const a=p[t.language];return y(e.kind)?a.scheduleBrought:s.schedule?a.scheduleOwn(C(t,s.schedule.cron),s.schedule.zone):e.schedule?a.scheduleOfConnection(C(t,e.schedule.cron),e.schedule.zone):a.scheduleNone}function ft(t,{route:s,connection:e}){const a=p[t.language];if(!s.enabled||!e.enabled)return a.nextOff;const i=s.schedule??e.schedule,r=i&&J(i.cron,i.zone,new Date);return r?t.locale.moment(r):a.nextNone}function $t(t,{mapping:s}){const e=p[t.language],a=v(s),i=[["externalId",j(s,"externalId")],["content",j(s,"content")],...bt(a,at(s))],r=it(s),o=ct[t.language].conditionIs;return l`<div class="table-wrap">
      <table>
        <thead><tr><th scope="col">${e.field}</th><th scope="col">${e.from}</th></tr></thead>
        <tbody>${i.filter(([,d])=>d).map(([d,c])=>l`<tr><td>${ht(t.language,a,d,ot(a,d)?.to).label} <code class="faint">${d}</code></td><td>${gt(t,c)}</td></tr>`)}</tbody>
      </table>
    </div>
    ${r.map(d=>l`<p class="small"><code>${d.column}</code> ${d.in?`${o.in}: ${d.in.join("; ")}`:d.notIn?`${o.notIn}: ${d.notIn.join("; ")}`:d.missing?o.missing:o.given}</p>`)}`}function bt(t,s){const e=(nt[t]??[]).map(i=>i.name),a=([i])=>e.includes(i)?e.indexOf(i):e.length;return Object.entries(s).sort((i,r)=>a(i)-a(r))}function gt(t,s){const e=p[t.language],a=rt(s);if(a==="derive")return e.derived;if(a==="constant")return e.constant(z(s));const i=Object.keys(s.map??{}).length;return l`<code>${z(s)}</code>${i?l` <span class="small muted">${e.withMap(t.locale.count(i,e.valueForms))}</span>`:n}${s.date?l` <span class="small muted">${e.asTime}${s.date.zone?`, ${s.date.zone}`:""}</span>`:n}`}var yt=Object.defineProperty,wt=Object.getOwnPropertyDescriptor,f=(t,s,e,a)=>{for(var i=a>1?void 0:a?wt(s,e):s,r=t.length-1,o;r>=0;r--)(o=t[r])&&(i=(a?o(s,e,i):o(i))||i);return a&&i&&yt(s,e,i),i};let h=class extends F{constructor(){super(...arguments),this.resource="",this.whyNot="",this.onTaken=()=>{},this.file=null,this.busy=!1,this.lacks=!1,this.problem=null}render(){const t=p[this.ctx.language];return l`<section class="panel" aria-labelledby="upload-title">
      <div class="panel-head"><div><h2 id="upload-title">${t.upload}</h2><p class="small muted">${t.filesLead} ${t.uploadLead}</p></div></div>
      <form class="panel-body stack-s" novalidate @submit=${s=>void this.send(s)}>
        <div class="field">
          <label for="file">${t.uploadFile}</label>
          <input class="input" id="file" type="file" aria-invalid=${this.lacks?"true":n} aria-describedby=${this.lacks?"file-wrong":n} @change=${s=>(this.file=s.target.files?.[0]??null,this.lacks=!1)} />
          ${this.lacks?l`<p class="wrong" id="file-wrong">${g("excl","s")}<span>${t.uploadNone}</span></p>`:n}
        </div>
        ${this.problem?S(this.ctx,this.problem):n}
        <div class="btns">
          <button class="btn primary" type="submit" aria-disabled=${this.whyNot?"true":n} aria-describedby=${this.whyNot?"upload-why":n} aria-busy=${this.busy?"true":n}>${t.upload}</button>
          ${this.whyNot?l`<span class="small muted grow" id="upload-why">${this.whyNot}</span>`:n}
        </div>
      </form>
    </section>`}async send(t){if(t.preventDefault(),!(this.busy||this.whyNot)&&(this.lacks=!this.file,!!this.file)){this.busy=!0,this.problem=null;try{await this.ctx.api.post(`${this.resource}/upload`,new Blob([this.file],{type:"application/octet-stream"}),{query:{name:this.file.name}}),this.ctx.say(p[this.ctx.language].started),this.onTaken()}catch(s){this.problem=s}this.busy=!1}}};h.styles=[D,R,B];f([x({attribute:!1})],h.prototype,"resource",2);f([x({attribute:!1})],h.prototype,"whyNot",2);f([x({attribute:!1})],h.prototype,"onTaken",2);f([m()],h.prototype,"file",2);f([m()],h.prototype,"busy",2);f([m()],h.prototype,"lacks",2);f([m()],h.prototype,"problem",2);h=f([_("lms-route-upload")],h);var vt=Object.defineProperty,xt=Object.getOwnPropertyDescriptor,b=(t,s,e,a)=>{for(var i=a>1?void 0:a?xt(s,e):s,r=t.length-1,o;r>=0;r--)(o=t[r])&&(i=(a?o(s,e,i):o(i))||i);return a&&i&&vt(s,e,i),i};let u=class extends M{constructor(){super(...arguments),this.connection="",this.problem=null,this.changed=!1,this.busy="",this.stopping=!1,this.etag="",this.watching=null}get words(){return p[this.ctx.language]}get resource(){return Q(this.organization,this.connection,this.path)}get mayRun(){return P(this.ctx.session,this.organization,"methodist")}get mayChange(){return P(this.ctx.session,this.organization,"organization-admin")}key(){return`${super.key()}|${this.connection}`}async load(t){const{api:s}=this.ctx,e=X(this.organization,this.connection),[a,i,r,o]=await Promise.all([s.get(this.resource,{signal:t}),s.get(e,{signal:t}),E(this.ctx,`${this.resource}/runs`,{limit:"20"},t),q(s,"/api/v1/source-kinds",{signal:t})]);this.etag=a.etag;let d="";if(i.data.kind==="listen"){const{data:c}=await s.get(`${e}/listening`,{signal:t});d=c.routes.find($=>$.name===this.path)?.address??""}return w(r.items[0])?this.watch():this.stopping=!1,{route:a.data,connection:i.data,runs:r,kind:o.find(c=>c.name===i.data.kind)??null,address:d}}disconnectedCallback(){super.disconnectedCallback(),this.watching?.abort(),this.watching=null}async watch(){if(this.watching)return;const t=this.watching=new AbortController,{signal:s}=t;for(;!s.aborted;){await U(1e3,s);const e=this.data?.runs.items[0];if(s.aborted||!e)break;try{const{data:a}=await this.ctx.api.get(`${this.resource}/runs/${e.id}`,{signal:s});if(s.aborted)break;const{runs:i}=this.data;if(this.data={...this.data,runs:{...i,items:i.items.map(o=>o.id===a.id?a:o)}},w(a))continue;this.watching=null,this.ctx.say(this.words.ended(Y(this.ctx,a)));const r=this.shadowRoot?.activeElement?.id==="stop";await this.refresh(),r&&await this.focusOn("#run");break}catch(a){if(a instanceof O&&a.status>0&&a.status<500)break}}this.watching===t&&(this.watching=null)}async focusOn(t){await this.updateComplete,this.renderRoot.querySelector(t)?.focus()}wayHere(){return lt(this.ctx,this.organization,this.connection,this.data?.connection.title,void 0,this.heading())}heading(){return this.data?.route.title||this.path}lead(){if(!this.data)return n;const{route:t}=this.data;return l`<div class="line"><p class="lead">${this.words.makes(I(this.ctx.language,v(t.mapping)))}</p>${t.enabled?l`<span class="badge ok">${g("okc")}${this.words.on}</span>`:l`<span class="badge">${g("minus")}${this.words.off}</span>`}</div>`}whyNot(){const{words:t}=this,{route:s,connection:e,runs:a}=this.data;return this.mayRun?e.enabled?s.enabled?w(a.items[0])?t.runsAlready:"":t.routeOff:t.connectionOff:t.needsMethodist}actions(){const{words:t}=this,{connection:s,route:e}=this.data,a=this.whyNot(),i=l`<a class="btn" href=${this.mayChange?T("org",this.organization,"connections",this.connection,"routes",this.path,"edit"):n} role=${this.mayChange?n:"link"} aria-disabled=${this.mayChange?n:"true"} aria-describedby=${this.mayChange?n:"why-edit"}>${this.shell.edit}</a>
      ${this.mayChange?n:l`<span class="sr" id="why-edit">${t.needsAdmin}</span>`}`;if(y(s.kind))return l`<div class="btns">${i}</div>`;const r=(o,d,c,$,k)=>l`<button class="btn ${d}" id=${o} type="button" aria-disabled=${a?"true":n} aria-describedby=${a?"why":n} aria-busy=${this.busy===o?"true":n} @click=${()=>!a&&void k()}>${g($)}${c}</button>`;return l`<div class="acts">
      <div class="btns">
        ${i} ${e.watermark?r("full","",t.runAll,"refresh",()=>this.runAll()):n} ${r("run","primary",t.run,"play",()=>this.run("run",{}))}
      </div>
      ${a?l`<p class="small muted" id="why">${a}</p>`:n}
      ${!e.watermark&&e.deletions==="follow"?l`<p class="hint">${t.followsNow(this.ctx.locale.number(e.maxDeletedPercent))}</p>`:n}
    </div>`}draw({route:t,connection:s,runs:e,kind:a,address:i}){const{words:r}=this,o=e.items[0]??null,d=y(s.kind);return l`<lms-confirm .ctx=${this.ctx}></lms-confirm>
      ${this.problem?S(this.ctx,this.problem):n} ${this.changed?N("alert","warn",this.ctx.kit.conflictTitle,r.changedMeanwhile):n}
      ${s.enabled?n:N("plug","warn",r.off,r.connectionOff)}
      ${s.kind==="listen"?N("down","now",r.scheduleBrought,r.listenLead):n}
      ${s.kind==="files"?l`<lms-route-upload .ctx=${this.ctx} .resource=${this.resource} .whyNot=${this.whyNot()} .onTaken=${()=>void this.refresh()}></lms-route-upload>`:n}
      ${o?this.latest(o):W("clock",r.noRunsTitle,d?r.noRunsBrought:r.noRunsText)}
      ${pt(this.ctx,{route:t,connection:s,kind:a,sentTo:i,...this.mayChange?{toggle:()=>void this.toggle()}:{whyNot:r.needsAdmin},busy:this.busy==="toggle"})}
      <lms-route-trial .ctx=${this.ctx} .resource=${this.resource} .kind=${s.kind} .target=${v(t.mapping)} .arePaths=${dt(a,t.settings)} .whyNot=${this.mayRun?"":r.needsMethodist}></lms-route-trial>
      ${e.items.length?this.runs(e):n}
      ${this.mayChange?l`<div class="danger-zone"><button class="btn danger-quiet" type="button" @click=${()=>void this.erase()}>${r.remove}</button></div>`:n}`}latest(t){const{words:s}=this,e=w(t),a=i=>i.code==="source.deletions"&&!e?l`<div class="btns"><button class="btn small danger-quiet" type="button" aria-disabled=${this.whyNot()?"true":n} @click=${()=>!this.whyNot()&&void this.confirmDeletions()}>${s.confirmDeletions}</button></div>`:n;return l`<section class="panel" aria-labelledby="latest">
      <div class="panel-head">
        <div class="line"><h2 id="latest" tabindex="-1">${s.latest}</h2>${A(this.ctx,t)}<a class="small" href=${this.pageOf(t)}>${this.ctx.locale.moment(t.startedAt)}</a></div>
        ${e?l`<button class="btn" id="stop" type="button" aria-disabled=${!this.mayRun||this.stopping?"true":n} aria-describedby=${this.stopping||!this.mayRun?"stop-why":n} @click=${()=>void this.stop()}>${s.stop}</button>`:n}
      </div>
      <div class="panel-body stack-s">
        ${e&&(this.stopping||!this.mayRun)?l`<p class="small muted" id="stop-why">${this.stopping?s.stopping:s.needsMethodist}</p>`:n}
        ${Z(this.ctx,t)} ${tt(this.ctx,t.diagnoses,t.state==="failed"?"bad":"warn",a)}
        ${(t.counts.rejected??0)>0?l`<p><a href=${this.pageOf(t)}>${s.refused}: ${this.ctx.locale.number(t.counts.rejected??0)}</a></p>`:n}
      </div>
    </section>`}pageOf(t){return T("org",this.organization,"connections",this.connection,"routes",this.path,"runs",t.id)}runs(t){const{words:s}=this,{locale:e}=this.ctx,a=["rows","written","unchanged","rejected","deleted"],i={...s.counts,written:s.written},r=({counts:o},d)=>Object.keys(o).length===0?this.shell.unknown:e.number(d==="written"?(o.created??0)+(o.updated??0):o[d]??0);return l`<section class="panel" aria-labelledby="runs">
      <div class="panel-head"><div><h2 id="runs">${s.runs}</h2><p class="small muted">${s.runsKept}</p></div></div>
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${s.startedAt}</th><th scope="col">${s.result}</th>${a.map(o=>l`<th scope="col" class="r">${i[o]}</th>`)}</tr></thead>
          <tbody>
            ${t.items.map(o=>l`<tr>
                  <td class="num"><div><a href=${this.pageOf(o)}>${e.moment(o.startedAt)}</a><small>${s.modes[o.mode]??o.mode}, ${G(this.ctx,o)}</small><small>${st(this.ctx,o)}</small></div></td>
                  <td data-label=${s.result}><div>${A(this.ctx,o)}${o.diagnoses[0]?l`<small>${o.diagnoses[0].title}</small>`:n}</div></td>
                  ${a.map(d=>l`<td class="r num ${d==="rejected"&&(o.counts.rejected??0)>0?"bad-text":""}" data-label=${i[d]}>${r(o,d)}</td>`)}
                </tr>`)}
          </tbody>
        </table>
      </div>
      ${K(this.ctx,t,()=>void this.more())}
    </section>`}async more(){await this.attempt("more",async()=>{this.data={...this.data,runs:await L(this.ctx,`${this.resource}/runs`,this.data.runs)}})}async attempt(t,s){if(!this.busy){this.busy=t,this.problem=null,this.changed=!1;try{await s()}catch(e){e instanceof O&&e.status===412?(this.changed=!0,await this.refresh()):this.problem=e,e instanceof O&&e.status===409&&await this.refresh()}this.busy=""}}run(t,s){return this.attempt(t,async()=>{await this.ctx.api.post(`${this.resource}/run`,s,{idempotencyKey:H()}),this.ctx.say(this.words.started),await this.refresh()})}async runAll(){const{words:t}=this,{route:s}=this.data;s.deletions==="follow"&&!await this.confirm.ask(t.fullTitle,t.fullText(this.ctx.locale.number(s.maxDeletedPercent)),t.fullAction)||await this.run("full",{full:!0})}async confirmDeletions(){const{words:t}=this;await this.confirm.ask(t.confirmTitle,t.confirmText,t.confirmDeletions)&&(await this.run("full",{full:!0,confirmDeletions:!0}),await this.focusOn("#latest"))}stop(){return!this.mayRun||this.stopping?Promise.resolve():this.attempt("stop",async()=>{await this.ctx.api.post(`${this.resource}/cancel`,{}),this.stopping=!0,this.ctx.say(this.words.stopping)})}toggle(){return this.attempt("toggle",async()=>{const{data:t,etag:s}=await this.ctx.api.post(`${this.resource}/${this.data.route.enabled?"disable":"enable"}`,{});this.etag=s,this.data={...this.data,route:t},this.ctx.say(t.enabled?this.words.enabledNow:this.words.disabledNow)})}async erase(){const{words:t}=this;await this.confirm.ask(t.removeTitle(this.heading()),t.removeText,t.remove)&&await this.attempt("remove",async()=>{await this.ctx.api.delete(this.resource,{ifMatch:this.etag}),this.ctx.say(t.removed),this.ctx.go(T("org",this.organization,"connections",this.connection))})}};u.styles=[D,R,B];b([x({attribute:!1})],u.prototype,"connection",2);b([m()],u.prototype,"problem",2);b([m()],u.prototype,"changed",2);b([m()],u.prototype,"busy",2);b([m()],u.prototype,"stopping",2);b([V("lms-confirm")],u.prototype,"confirm",2);u=b([_("lms-route")],u);export{u as RouteView};
