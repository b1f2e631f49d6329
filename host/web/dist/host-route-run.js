import{V as v,J as f,A as y,a as d,b as i,j as u,r as x,T as k,U as C,F as $,d as m,t as L}from"./shell.js";import{s as P}from"./host-clipboard.js";import{q as j,r as p,d as A,k as b,p as T,v as _,l as O,s as z,u as R,g as S}from"./host-run-view.js";import{r as V}from"./host-route-form.js";import{r as U,a as B}from"./host-run-log.js";import{f as D}from"./host-mapping.js";import"./host-actor.js";import"./host-edit-texts.js";var N=Object.defineProperty,q=Object.getOwnPropertyDescriptor,h=(t,e,s,a)=>{for(var o=a>1?void 0:a?q(e,s):e,n=t.length-1,c;n>=0;n--)(c=t[n])&&(o=(a?c(e,s,o):c(o))||o);return a&&o&&N(e,s,o),o};const w=100;let r=class extends v{constructor(){super(...arguments),this.connection="",this.route="",this.problem=null,this.shown=w,this.watching=null}get words(){return j[this.ctx.language]}get resource(){return`${p(this.organization,this.connection,this.route)}/runs/${encodeURIComponent(this.path)}`}key(){return`${super.key()}|${this.connection}|${this.route}`}async load(t){const{api:e}=this.ctx,[s,a,o,n]=await Promise.all([e.get(this.resource,{signal:t}),e.get(p(this.organization,this.connection,this.route),{signal:t}),e.get(A(this.organization,this.connection),{signal:t}),this.readLog(t)]);return b(s.data)&&this.watch(),{run:s.data,route:a.data,connection:o.data,log:n}}async readLog(t){const{data:e}=await this.ctx.api.get(`${this.resource}/log`,{accept:"text/csv",signal:t});return U(e??"")}disconnectedCallback(){super.disconnectedCallback(),this.watching?.abort(),this.watching=null}async watch(){if(this.watching)return;const t=this.watching=new AbortController,{signal:e}=t;for(;!e.aborted&&(await f(1e3,e),!(e.aborted||!this.data));)try{const{data:s}=await this.ctx.api.get(this.resource,{signal:e});if(e.aborted)break;if(this.data={...this.data,run:s},b(s))continue;this.data={...this.data,log:await this.readLog(e)},this.ctx.say(this.words.ended(T(this.ctx,s)));break}catch(s){if(s instanceof y&&s.status>0&&s.status<500)break}this.watching===t&&(this.watching=null)}wayHere(){return V(this.ctx,this.organization,this.connection,this.data?.connection.title,[this.route,this.data?.route.title??""],this.heading())}heading(){return this.data?this.words.runTitle(this.ctx.locale.moment(this.data.run.startedAt)):this.words.runs}lead(){if(!this.data)return d;const{run:t}=this.data;return i`<div class="line"><p class="lead">${this.words.modes[t.mode]??t.mode} · ${_(this.ctx,t)} · ${O(this.ctx,t)}</p>${z(this.ctx,t)}</div>`}actions(){return i`<div class="btns">
      <button class="btn" type="button" @click=${()=>void this.download("text/csv")}>${u("down")}${this.words.downloadCsv}</button>
      <button class="btn" type="button" @click=${()=>void this.download("text/plain")}>${u("down")}${this.words.downloadText}</button>
    </div>`}draw({run:t,log:e}){const{words:s}=this;return i`${this.problem?x(this.ctx,this.problem):d}
      <section class="panel" aria-labelledby="result">
        <div class="panel-head"><h2 id="result">${s.result}</h2></div>
        <div class="panel-body stack-s">${R(this.ctx,t)} ${S(this.ctx,t.diagnoses,t.state==="failed"?"bad":"warn")}</div>
      </section>
      ${this.refused(t,e)} ${this.log(e)}`}refused(t,e){const{words:s}=this,{locale:a}=this.ctx,o=B(e);if(o.length===0)return t.state==="done"&&(t.counts.rows??0)>0?i`<p class="line ok-text panel panel-body alone">${u("okc")}${s.refusedNone}</p>`:d;const n=(t.counts.rejected??0)>o.length;return i`<section class="panel" aria-labelledby="refused">
      <div class="panel-head"><div><h2 id="refused">${s.refused} <span class="count bad">${a.number(t.counts.rejected??o.length)}</span></h2><p class="small muted">${s.refusedLead}${n?i` ${s.refusedCut(a.number(o.length))}`:d}</p></div></div>
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${s.place}</th><th scope="col">${s.column}</th><th scope="col">${s.value}</th><th scope="col">${s.reason}</th></tr></thead>
          <tbody>
            ${o.slice(0,this.shown).flatMap(c=>c.errors.map((l,g)=>i`<tr class=${g?"more-of-row":""}>
                    <td><b>${c.place}</b></td>
                    <td data-label=${s.column}>${l.column?i`<code>${l.column}</code>`:this.shell.unknown}</td>
                    <td data-label=${s.value}>${l.value?i`<code>${l.value}</code>`:i`<span class="faint">${s.emptyValue}</span>`}</td>
                    <td data-label=${s.reason}><div><b>${this.said(l.reason)}</b><small>${l.fix}</small></div></td>
                  </tr>`))}
          </tbody>
        </table>
      </div>
      ${o.length>this.shown?i`<div class="more-row"><button class="btn" type="button" @click=${()=>this.shown+=w}>${this.shell.more}</button></div>`:d}
    </section>`}log(t){const{words:e}=this,s=t.filter(a=>a.level!=="error");return i`<section class="panel" aria-labelledby="log">
      <div class="panel-head"><h2 id="log">${e.log}</h2></div>
      <div class="panel-body">
        ${s.length?i`<details class="more"><summary>${u("chev","s")}${e.showLog}</summary><pre class="raw log" tabindex="0" aria-label=${e.log}>${s.map(a=>`${this.ctx.locale.exactTime(a.time)}  ${[a.place,a.reason,a.fix].filter(Boolean).join(" ")}
`)}</pre></details>`:i`<p class="muted">${e.logNone}</p>`}
      </div>
    </section>`}said(t){return t.replace(/^./,e=>e.toUpperCase())}async download(t){this.problem=null;try{const{blob:e,name:s}=await this.ctx.api.download(`${this.resource}/log`,{accept:t});P(e,s)}catch(e){this.problem=e}}};r.styles=[k,C,D];h([$({attribute:!1})],r.prototype,"connection",2);h([$({attribute:!1})],r.prototype,"route",2);h([m()],r.prototype,"problem",2);h([m()],r.prototype,"shown",2);r=h([L("lms-route-run")],r);export{r as RouteRunView};
