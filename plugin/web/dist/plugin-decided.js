import{f as y,b as i,i as p,A as r,g as x,c as f,d as h,t as v}from"./u2035.js";import{e as k}from"./plugin-query.js";import{m}from"./plugin-until.js";import{p as $}from"./plugin-session.js";import"./plugin-long-list.js";import"./plugin-line.js";import{L as w,c as O,t as R,a as g}from"./plugin-list-part.js";import{r as A,m as B}from"./plugin-role2.js";import"./plugin-rows.js";import{t as d,o as b,r as M,n as _}from"./plugin-u2035-matching-views.js";import"./plugin-directive-helpers.js";import"./plugin-clipboard.js";import"./plugin-later.js";import"./plugin-names.js";import"./plugin-search-field.js";import"./plugin-choice.js";import"./plugin-work-list.js";var C=Object.defineProperty,D=Object.getOwnPropertyDescriptor,l=(t,s,a,o)=>{for(var e=o>1?void 0:o?D(s,a):s,u=t.length-1,n;u>=0;u--)(n=t[u])&&(e=(o?n(s,a,e):n(e))||e);return o&&e&&C(s,a,e),e};let c=class extends w{constructor(){super(...arguments),this.match=null,this.show="",this.loadRows=null,this.busy=!1,this.wrong=null,this.asker=null,this.done="",this.etag=""}get address(){return`${this.base}/matches`}async fetch(t){const{api:s}=this.ctx,[a]=this.steps;if(this.wrong=null,this.done="",this.match=null,this.asker=await A(this.ctx),!a){this.loadRows=async(o,e)=>(await s.get(this.address,{query:{limit:100,cursor:o},signal:e})).data;return}await this.read(t),this.narrow("")}async read(t){const s=await this.ctx.api.get(`${this.address}/${encodeURIComponent(this.steps[0])}`,{signal:t});this.match=s.data,this.etag=s.etag}narrow(t){this.show=t;const s=(this.match.rows??[]).filter(a=>!t||a.state===t);this.loadRows=async()=>({items:s,next:null})}async undo(){if(this.busy)return;const t=d[this.ctx.language];this.busy=!0,this.wrong=null;try{const s=await this.ctx.api.post(`${this.address}/${encodeURIComponent(this.steps[0])}/undo`,{},{ifMatch:this.etag});this.match=s.data,this.etag=s.etag,this.narrow(""),this.done=t.undone(b(t,this.ctx.locale,s.data)),this.ctx.say(this.done),await this.updateComplete,this.renderRoot.querySelector(".outcome")?.focus()}catch(s){this.wrong=s,s instanceof y&&(s.status===412||s.status===409)&&await this.read().then(()=>this.narrow(""),()=>{})}this.busy=!1}render(){const t=d[this.ctx.language];return this.steps[0]?i`${O(this.ctx,t.crumbs,[{path:"decided",title:t.tab.decided},{title:this.match?this.titleOf(this.match):this.steps[0]}])} ${this.body(()=>this.oneMatch(this.match))}`:this.body(()=>this.list())}titleOf(t){const s=Object.values(t.counts).reduce((a,o)=>a+o,0);return d[this.ctx.language].batchTitle[t.what](this.ctx.locale,s)}list(){const t=d[this.ctx.language];return i`<section class="panel" aria-label=${t.tab.decided}>
        <u2035-rows
          .ctx=${this.ctx}
          .load=${this.loadRows}
          .label=${t.tab.decided}
          .heights=${[60,96]}
          .row=${s=>this.line(s)}
          .empty=${i`<div class="empty">${p("inbox")}<h2>${t.noneDecided}</h2><p>${t.noneDecidedFix}</p></div>`}
        ></u2035-rows>
      </section>
      <p class="gap-top"><u2035-csv .ctx=${this.ctx} .from=${this.address}></u2035-csv></p>`}line(t){const s=d[this.ctx.language],{locale:a}=this.ctx,o=m($(this.ctx.api,t.createdBy),t.createdBy);return this.cells(i`<div><span class="clip">${R(this.ctx,`decided/${t.id}`,this.titleOf(t))}</span><small>${t.contour?s.contours[t.contour]:s.tab.elements}</small></div>`,i`<div><span class="clip">${b(s,a,t)}</span><small>${o}, ${a.moment(t.createdAt)}</small></div>`,t.undoneAt?i`<span class="badge">${p("left")}${s.undoneShort}</span>`:i`<span class="badge ok">${p("check")}${s.standing}</span>`)}cells(...t){return i`<u2035-line .ctx=${this.ctx} .cells=${t}></u2035-line>`}oneMatch(t){const s=d[this.ctx.language],{locale:a}=this.ctx,o=(t.counts.applied??0)+(t.counts.applying??0),e=B(this.asker,"organization-admin")?o===0?s.nothingToUndo:"":s.adminOnly,u=M.filter(n=>(t.counts[n]??0)>0);return i`${this.done?i`<div class="note ok wide-note outcome" tabindex="-1">${p("okc")}<p>${this.done}</p></div>`:r}
      ${this.wrong?i`<div class="wide-note">${x(this.ctx,this.wrong)}</div>`:r}
      ${u.length>1?i`<div class="facets" role="group" aria-label=${s.stateCol}>
            ${g(this.show==="",s.all,a.number(t.rows?.length??0),()=>this.narrow(""))}
            ${u.map(n=>g(this.show===n,s.states[n],a.number(t.counts[n]??0),()=>this.narrow(n)))}
          </div>`:r}
      <section class="panel" aria-label=${s.batchRows}>
        <div class="act">
          <p class="small muted" id="why">
            ${a.moment(t.createdAt)}, ${m($(this.ctx.api,t.createdBy),t.createdBy)}.
            ${t.contour?`${s.contours[t.contour]}.`:r}
            ${t.undoneAt?s.undoneBy(t.undoneBy,a.moment(t.undoneAt)):e}
          </p>
          ${t.undoneAt?r:i`<button class="btn danger-quiet" id="undo" type="button" aria-disabled=${e?"true":r} aria-busy=${this.busy?"true":r} aria-describedby="why" @click=${()=>e?this.ctx.say(e,!0):this.ask()}>${s.undo}</button>`}
        </div>
        <u2035-rows .ctx=${this.ctx} .load=${this.loadRows} .label=${s.batchRows} plain .heights=${[56,84]} .row=${n=>this.row(n)}></u2035-rows>
      </section>
      <dialog role="alertdialog" aria-labelledby="undo-title" aria-describedby="undo-means">
        <div class="dialog">
          <div class="dialog-head"><span class="sign">${p("alert")}</span><div><h2 id="undo-title">${s.undoTitle(a,o)}</h2><p id="undo-means">${s.undoMeans}</p></div></div>
          <div class="dialog-foot">
            <button class="btn" id="cancel" type="button" @click=${()=>this.dialog.close()}>${this.ctx.kit.cancel}</button>
            <button class="btn danger" type="button" @click=${()=>(this.dialog.close(),void this.undo())}>${s.doUndo}</button>
          </div>
        </div>
      </dialog>`}ask(){this.dialog.showModal(),this.renderRoot.querySelector("#cancel").focus()}row(t){const s=d[this.ctx.language],a=t.state==="applied"||t.state==="same"?"ok":t.state==="undone"?"":"warn";return this.cells(i`<div><span class="clip strong">${_(this.ctx,t)}</span><small>${[s.kinds[t.kind],t.title&&t.externalId].filter(Boolean).join(" · ")}</small></div>`,i`<div><span class="num">${t.value}</span>${t.code?i`<small title=${s.codes[t.code]}>${s.codes[t.code]}</small>`:r}</div>`,i`<span class="badge ${a}">${p(a==="ok"?"check":a==="warn"?"alert":"left")}${s.states[t.state]}</span>`)}};c.styles=[...w.styles,f`
      .act { display: flex; flex-wrap: wrap; align-items: center; gap: var(--u-2) var(--u-3); padding: var(--u-4) var(--u-5); border-bottom: 1px solid var(--u-line); } .act p { flex: 1 1 14rem; }
    `];l([h()],c.prototype,"match",2);l([h()],c.prototype,"show",2);l([h()],c.prototype,"loadRows",2);l([h()],c.prototype,"busy",2);l([h()],c.prototype,"wrong",2);l([h()],c.prototype,"asker",2);l([h()],c.prototype,"done",2);l([k("dialog")],c.prototype,"dialog",2);c=l([v("u2035-match-decided")],c);export{c as MatchDecided};
