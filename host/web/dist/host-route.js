import{a as r,b as l,j as P,V as D,e as S,J as B,A as y,h as v,r as I,n as x,z as q,B as F,C as M,N as E,y as _,T as U,U as W,F as K,d as w,I as H,t as V}from"./shell.js";import{q as g,i as $,r as L,m as O,d as G,t as k,k as f,p as J,b as T,s as z,u as Q,g as X,l as Y,v as Z}from"./host-run-view.js";import"./host-upload.js";import"./host-confirm.js";import{t as b,r as A,a as tt,c as st,b as et,d as at,e as C,m as it,f as nt}from"./host-mapping.js";import{k as j,m as ot,f as rt}from"./host-trial.js";import{r as ct,i as lt}from"./host-route-form.js";import{a as dt}from"./host-actor.js";import{b as N,n as ht}from"./host-schedule-field.js";import{d as ut}from"./host-edit-texts.js";import"./host-repeat.js";import"./host-clipboard.js";import"./host-run-log.js";import"./host-fields.js";import"./host-form-texts.js";function mt(t,s){const e=g[t.language],{route:a,kind:i,sentTo:c}=s,{locale:n}=t,o=(d,u)=>l`<dt>${d}</dt><dd>${u}</dd>`;return l`<section class="panel" aria-labelledby="facts">
    <div class="panel-head">
      <h2 id="facts">${e.facts}</h2>
      <div class="btns">
        ${s.whyNot?l`<span class="small muted grow" id="toggle-why">${s.whyNot}</span>`:r}
        <button class="btn small" type="button" aria-disabled=${s.toggle?r:"true"} aria-describedby=${s.whyNot?"toggle-why":r} aria-busy=${s.busy?"true":r} @click=${()=>s.toggle?.()}>${a.enabled?e.disable:e.enable}</button>
      </div>
    </div>
    <div class="panel-body stack-s">
      <dl class="facts wide">
        ${o(e.records,j(t.language,b(a.mapping)))} ${o(e.schedule,pt(t,s))} ${$(i)?r:o(e.next,gt(t,s))}
        ${c?o(e.address,l`<code>${location.origin}${c}</code> <span class="small muted">${e.addressHint}</span>`):r}
        ${o(e.readUpTo,$(i)?e.readBrought:a.watermark?a.readUpTo===null?e.readUpToNone:l`<code>${a.watermark.column}</code> = <code>${a.readUpTo}</code>`:e.readAll)}
        ${o(e.deletions,a.deletions==="follow"?e.deletionsFollow(n.number(a.maxDeletedPercent)):e.deletionsKeep)}
        ${o(e.onError,a.onError==="stop"?e.onErrorStop:e.onErrorSkip)} ${o(e.order,n.number(a.position))}
        ${a.fromSet?o(e.fromSet,l`<code>${a.fromSet}</code>`):r} ${o(e.changed,e.changedBy(n.moment(a.changedAt),dt(t.language,a.changedBy)))}
      </dl>
      <details class="more">
        <summary>${P("chev","s")}${e.settingsAndMapping}</summary>
        <div class="stack-s conversion">
          ${Object.entries(a.settings).map(([d,u])=>l`<div><p class="small muted">${s.kind?.route.find(m=>m.name===d)?.title??d}</p><pre class="raw query">${ut(u)}</pre></div>`)} ${$t(t,a)}
        </div>
      </details>
    </div>
  </section>`}function pt(t,{route:s,connection:e,kind:a}){const i=g[t.language];return $(a)?i.scheduleBrought:s.schedule?i.scheduleOwn(N(t,s.schedule.cron),s.schedule.zone):e.schedule?i.scheduleOfConnection(N(t,e.schedule.cron),e.schedule.zone):i.scheduleNone}function gt(t,{route:s,connection:e}){const a=g[t.language];if(!s.enabled||!e.enabled)return a.nextOff;const i=s.schedule??e.schedule,c=i&&ht(i.cron,i.zone,new Date);return c?t.locale.moment(c):a.nextNone}function $t(t,{mapping:s}){const e=g[t.language],a=b(s),i=[["externalId",A(s,"externalId")],["content",A(s,"content")],...ft(a,tt(s))],c=st(s),n=ot[t.language].conditionIs;return l`<div class="table-wrap">
      <table>
        <thead><tr><th scope="col">${e.field}</th><th scope="col">${e.from}</th></tr></thead>
        <tbody>${i.filter(([,o])=>o).map(([o,d])=>l`<tr><td>${rt(t.language,a,o,et(a,o)?.to).label} <code class="faint">${o}</code></td><td>${bt(t,d)}</td></tr>`)}</tbody>
      </table>
    </div>
    ${c.map(o=>l`<p class="small"><code>${o.column}</code> ${o.in?`${n.in}: ${o.in.join("; ")}`:o.notIn?`${n.notIn}: ${o.notIn.join("; ")}`:o.missing?n.missing:n.given}</p>`)}`}function ft(t,s){const e=(at[t]??[]).map(i=>i.name),a=([i])=>e.includes(i)?e.indexOf(i):e.length;return Object.entries(s).sort((i,c)=>a(i)-a(c))}function bt(t,s){const e=g[t.language],a=it(s);if(a==="derive")return e.derived;if(a==="constant")return e.constant(C(s));const i=Object.keys(s.map??{}).length;return l`<code>${C(s)}</code>${i?l` <span class="small muted">${e.withMap(t.locale.count(i,e.valueForms))}</span>`:r}${s.date?l` <span class="small muted">${e.asTime}${s.date.zone?`, ${s.date.zone}`:""}</span>`:r}`}var wt=Object.defineProperty,yt=Object.getOwnPropertyDescriptor,p=(t,s,e,a)=>{for(var i=a>1?void 0:a?yt(s,e):s,c=t.length-1,n;c>=0;c--)(n=t[c])&&(i=(a?n(s,e,i):n(i))||i);return a&&i&&wt(s,e,i),i};let h=class extends D{constructor(){super(...arguments),this.connection="",this.problem=null,this.changed=!1,this.busy="",this.stopping=!1,this.etag="",this.watching=null}get words(){return g[this.ctx.language]}get resource(){return L(this.organization,this.connection,this.path)}get mayRun(){return O(this.ctx.session,this.organization,"methodist")}get mayChange(){return O(this.ctx.session,this.organization,"organization-admin")}key(){return`${super.key()}|${this.connection}`}async load(t){const{api:s}=this.ctx,e=G(this.organization,this.connection),a=async()=>({runs:await _(this.ctx,`${this.resource}/runs`,{limit:"20"},t),route:await s.get(this.resource,{signal:t})}),[{runs:i,route:c},n,o]=await Promise.all([a(),s.get(e,{signal:t}),S(s,"/api/v1/source-kinds",{signal:t})]);this.etag=c.etag;let d="";const u=o.find(m=>m.name===n.data.kind)??null;if(k(u,"request")){const{data:m}=await s.get(`${e}/listening`,{signal:t});d=m.routes.find(R=>R.name===this.path)?.address??""}return f(i.items[0])?this.watch():this.stopping=!1,{route:c.data,connection:n.data,runs:i,kind:u,address:d}}disconnectedCallback(){super.disconnectedCallback(),this.watching?.abort(),this.watching=null}async watch(){if(this.watching)return;const t=this.watching=new AbortController,{signal:s}=t;for(;!s.aborted;){await B(1e3,s);const e=this.data?.runs.items[0];if(s.aborted||!e)break;try{const{data:a}=await this.ctx.api.get(`${this.resource}/runs/${e.id}`,{signal:s});if(s.aborted)break;const{runs:i}=this.data;if(this.data={...this.data,runs:{...i,items:i.items.map(n=>n.id===a.id?a:n)}},f(a))continue;this.watching=null,this.ctx.say(this.words.ended(J(this.ctx,a)));const c=this.shadowRoot?.activeElement?.id==="stop";await this.refresh(),c&&await this.focusOn("#run");break}catch(a){if(a instanceof y&&a.status>0&&a.status<500)break}}this.watching===t&&(this.watching=null)}async focusOn(t){await this.updateComplete,this.renderRoot.querySelector(t)?.focus()}wayHere(){return ct(this.ctx,this.organization,this.connection,this.data?.connection.title,void 0,this.heading())}heading(){return this.data?.route.title||this.path}lead(){if(!this.data)return r;const{route:t}=this.data;return l`<div class="line"><p class="lead">${this.words.makes(j(this.ctx.language,b(t.mapping)))}</p>${t.enabled?T("ok","okc",this.words.on):T("","minus",this.words.off)}</div>`}whyNot(){const{words:t}=this,{route:s,connection:e,runs:a}=this.data;return this.mayRun?e.enabled?s.enabled?f(a.items[0])?t.runsAlready:"":t.routeOff:t.connectionOff:t.needsMethodist}actions(){const{words:t}=this,{kind:s,route:e}=this.data,a=this.whyNot(),i=l`<a class="btn" href=${this.mayChange?v("org",this.organization,"connections",this.connection,"routes",this.path,"edit"):r} role=${this.mayChange?r:"link"} aria-disabled=${this.mayChange?r:"true"} aria-describedby=${this.mayChange?r:"why-edit"}>${this.shell.edit}</a>
      ${this.mayChange?r:l`<span class="sr" id="why-edit">${t.needsAdmin}</span>`}`;if($(s))return l`<div class="btns">${i}</div>`;const c=(n,o,d,u,m)=>l`<button class="btn ${o}" id=${n} type="button" aria-disabled=${a?"true":r} aria-describedby=${a?"why":r} aria-busy=${this.busy===n?"true":r} @click=${()=>!a&&void m()}>${P(u)}${d}</button>`;return l`<div class="acts">
      <div class="btns">
        ${i} ${e.watermark?c("full","",t.runAll,"refresh",()=>this.runAll()):r} ${c("run","primary",t.run,"play",()=>this.run("run",{}))}
      </div>
      ${a?l`<p class="small muted" id="why">${a}</p>`:r}
      ${!e.watermark&&e.deletions==="follow"?l`<p class="hint">${t.followsNow(this.ctx.locale.number(e.maxDeletedPercent))}</p>`:r}
    </div>`}draw({route:t,connection:s,runs:e,kind:a,address:i}){const{words:c}=this,n=e.items[0]??null,o=$(a);return l`<lms-confirm .ctx=${this.ctx}></lms-confirm>
      ${this.problem?I(this.ctx,this.problem):r} ${this.changed?x("alert","warn",this.ctx.kit.conflictTitle,c.changedMeanwhile):r}
      ${s.enabled?r:x("plug","warn",c.off,c.connectionOff)}
      ${k(a,"request")?x("down","now",c.scheduleBrought,c.listenLead):r}
      ${k(a,"upload")?l`<lms-upload .ctx=${this.ctx} .organization=${this.organization} .connection=${this.connection} .of=${s} .kind=${a} .routes=${[t]} .route=${t} @file-ended=${()=>void this.refresh()}></lms-upload>`:r}
      ${n?this.latest(n):q("clock",c.noRunsTitle,o?c.noRunsBrought:c.noRunsText)}
      ${mt(this.ctx,{route:t,connection:s,kind:a,sentTo:i,...this.mayChange?{toggle:()=>void this.toggle()}:{whyNot:c.needsAdmin},busy:this.busy==="toggle"})}
      <lms-route-trial .ctx=${this.ctx} .resource=${this.resource} .kind=${a} .target=${b(t.mapping)} .arePaths=${lt(a,t.settings)} .whyNot=${this.mayRun?"":c.needsMethodist}></lms-route-trial>
      ${e.items.length?this.runs(e):r}
      ${this.mayChange?l`<div class="danger-zone"><button class="btn danger-quiet" type="button" @click=${()=>void this.erase()}>${c.remove}</button></div>`:r}`}latest(t){const{words:s}=this,e=f(t),a=i=>i.code==="source.deletions"&&!e?l`<div class="btns"><button class="btn small danger-quiet" type="button" aria-disabled=${this.whyNot()?"true":r} @click=${()=>!this.whyNot()&&void this.confirmDeletions()}>${s.confirmDeletions}</button></div>`:r;return l`<section class="panel" aria-labelledby="latest">
      <div class="panel-head">
        <div class="line"><h2 id="latest" tabindex="-1">${s.latest}</h2>${z(this.ctx,t)}<a class="small" href=${this.pageOf(t)}>${this.ctx.locale.moment(t.startedAt)}</a></div>
        ${e?l`<button class="btn" id="stop" type="button" aria-disabled=${!this.mayRun||this.stopping?"true":r} aria-describedby=${this.stopping||!this.mayRun?"stop-why":r} @click=${()=>void this.stop()}>${s.stop}</button>`:r}
      </div>
      <div class="panel-body stack-s">
        ${e&&(this.stopping||!this.mayRun)?l`<p class="small muted" id="stop-why">${this.stopping?s.stopping:s.needsMethodist}</p>`:r}
        ${Q(this.ctx,t)} ${X(this.ctx,t.diagnoses,t.state==="failed"?"bad":"warn",a)}
        ${(t.counts.rejected??0)>0?l`<p><a href=${this.pageOf(t)}>${s.refused}: ${this.ctx.locale.number(t.counts.rejected??0)}</a></p>`:r}
      </div>
    </section>`}pageOf(t){return v("org",this.organization,"connections",this.connection,"routes",this.path,"runs",t.id)}runs(t){const{words:s}=this,{locale:e}=this.ctx,a=["rows","written","unchanged","rejected","deleted"],i={...s.counts,written:s.written},c=({counts:n},o)=>Object.keys(n).length===0?this.shell.unknown:e.number(o==="written"?(n.created??0)+(n.updated??0):n[o]??0);return l`<section class="panel" aria-labelledby="runs">
      <div class="panel-head"><div><h2 id="runs">${s.runs}</h2><p class="small muted">${s.runsKept}</p></div></div>
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${s.startedAt}</th><th scope="col">${s.result}</th>${a.map(n=>l`<th scope="col" class="r">${i[n]}</th>`)}</tr></thead>
          <tbody>
            ${t.items.map(n=>l`<tr>
                  <td class="num"><div><a href=${this.pageOf(n)}>${e.moment(n.startedAt)}</a><small>${s.modes[n.mode]??n.mode}, ${Y(this.ctx,n)}</small><small>${Z(this.ctx,n)}</small></div></td>
                  <td data-label=${s.result}><div>${z(this.ctx,n)}${n.diagnoses[0]?l`<small>${n.diagnoses[0].title}</small>`:r}</div></td>
                  ${a.map(o=>l`<td class="r num ${o==="rejected"&&(n.counts.rejected??0)>0?"bad-text":""}" data-label=${i[o]}>${c(n,o)}</td>`)}
                </tr>`)}
          </tbody>
        </table>
      </div>
      ${F(this.ctx,t,()=>void this.more())}
    </section>`}async more(){await this.attempt("more",async()=>{this.data={...this.data,runs:await M(this.ctx,`${this.resource}/runs`,this.data.runs)}})}async attempt(t,s){if(!this.busy){this.busy=t,this.problem=null,this.changed=!1;try{await s()}catch(e){e instanceof y&&e.status===412?(this.changed=!0,await this.refresh()):this.problem=e,e instanceof y&&e.status===409&&await this.refresh()}this.busy=""}}run(t,s){return this.attempt(t,async()=>{await this.ctx.api.post(`${this.resource}/run`,s,{idempotencyKey:E()}),this.ctx.say(this.words.started),await this.refresh()})}async runAll(){const{words:t}=this,{route:s}=this.data;s.deletions==="follow"&&!await this.confirm.ask(t.fullTitle,t.fullText(this.ctx.locale.number(s.maxDeletedPercent)),t.fullAction)||await this.run("full",{full:!0})}async confirmDeletions(){const{words:t}=this;await this.confirm.ask(t.confirmTitle,t.confirmText,t.confirmDeletions)&&(await this.run("full",{full:!0,confirmDeletions:!0}),await this.focusOn("#latest"))}stop(){return!this.mayRun||this.stopping?Promise.resolve():this.attempt("stop",async()=>{await this.ctx.api.post(`${this.resource}/cancel`,{}),this.stopping=!0,this.ctx.say(this.words.stopping)})}toggle(){return this.attempt("toggle",async()=>{const{data:t,etag:s}=await this.ctx.api.post(`${this.resource}/${this.data.route.enabled?"disable":"enable"}`,{});this.etag=s,this.data={...this.data,route:t},this.ctx.say(t.enabled?this.words.enabledNow:this.words.disabledNow)})}async erase(){const{words:t}=this;await this.confirm.ask(t.removeTitle(this.heading()),t.removeText,t.remove)&&await this.attempt("remove",async()=>{await this.ctx.api.delete(this.resource,{ifMatch:this.etag}),this.ctx.say(t.removed),this.ctx.go(v("org",this.organization,"connections",this.connection))})}};h.styles=[U,W,nt];p([K({attribute:!1})],h.prototype,"connection",2);p([w()],h.prototype,"problem",2);p([w()],h.prototype,"changed",2);p([w()],h.prototype,"busy",2);p([w()],h.prototype,"stopping",2);p([H("lms-confirm")],h.prototype,"confirm",2);h=p([V("lms-route")],h);export{h as RouteView};
