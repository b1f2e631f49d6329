import{P as w,o as y,A as o,b as l,i as b,g as $,a as f,r as v,c as x,n as m,d as h,t as k}from"./u2035.js";import{r as O,m as g}from"./plugin-role2.js";import{t as d,m as P}from"./plugin-u2035-matching-views.js";import"./plugin-session.js";import"./plugin-long-list.js";import"./plugin-clipboard.js";import"./plugin-list-part.js";import"./plugin-later.js";import"./plugin-query.js";import"./plugin-names.js";import"./plugin-search-field.js";import"./plugin-choice.js";import"./plugin-until.js";import"./plugin-directive-helpers.js";import"./plugin-work-list.js";var z=Object.defineProperty,_=Object.getOwnPropertyDescriptor,n=(t,s,i,r)=>{for(var e=r>1?void 0:r?_(s,i):s,c=t.length-1,p;c>=0;c--)(p=t[c])&&(e=(r?p(s,i,e):p(e))||e);return r&&e&&z(s,i,e),e};const C=32*1024*1024,u=100;let a=class extends w{constructor(){super(...arguments),this.what="elements",this.contour="production",this.file=null,this.told=null,this.shown=u,this.busy=!1,this.wrong=null,this.asker=null,this.send=async()=>{const t=d[this.ctx.language];if(this.busy||this.hindrance){this.hindrance&&this.ctx.say(this.hindrance,!0);return}this.busy=!0,this.wrong=this.told=null;try{const s=new Blob([this.file],{type:"application/octet-stream"});this.told=(await this.ctx.api.post(`${y(this.ctx.organization)}/u2035/${this.what}/match/table`,s,{query:this.what==="learners"?{contour:this.contour}:{}})).data,this.shown=u,this.ctx.say(t.readDone(this.ctx.locale,this.told.read)),await this.updateComplete,this.renderRoot.querySelector(".told")?.focus()}catch(s){this.wrong=s}this.busy=!1}}willUpdate(t){this.isElsewhere(t)&&O(this.ctx).then(s=>this.asker=s)}get hindrance(){const t=d[this.ctx.language];return g(this.asker,"organization-admin")?this.file?this.file.size>C?t.fileTooLarge:"":t.chooseFile:t.adminOnly}render(){const t=d[this.ctx.language],{hindrance:s}=this;return l`<section class="panel" aria-label=${t.tableTitle[this.what]}>
      <div class="panel-head"><p class="muted">${t.tableKinds[this.what]}${this.what==="learners"?` ${t.contours[this.contour]}.`:o}</p></div>
      <div class="panel-body stack">
        <div class="field">
          <label for="file">${t.file}</label>
          <input class="input" id="file" type="file" accept=".xlsx,.csv" ?disabled=${!g(this.asker,"organization-admin")} aria-describedby="file-says" @change=${i=>(this.file=i.target.files?.[0]??null,this.told=null)} />
          <p class="hint" id="file-says">${t.fileHint}</p>
        </div>
        <div class="btns">
          <button class="btn primary" type="button" aria-disabled=${s?"true":o} aria-busy=${this.busy?"true":o} aria-describedby="why" @click=${this.send}>
            ${this.busy?l`<span class="spin" aria-hidden="true"></span>${t.readingFile}`:l`${b("table")}${t.read}`}
          </button>
          <span class="grow small muted" id="why">${s}</span>
        </div>
        ${this.wrong?$(this.ctx,this.wrong):o} ${this.told?this.outcome(this.told):o}
      </div>
    </section>`}outcome({read:t,refused:s}){const i=d[this.ctx.language],{locale:r}=this.ctx,e=t===0?"bad":s.length>0?"warn":"ok";return l`<div class="note ${e} told" tabindex="-1">
        ${b(e==="ok"?"okc":e==="warn"?"alert":"excl")}
        <div>
          <p class="note-head">${i.readDone(r,t)}</p>
          <p>${t===0?s.length>0?o:i.readNoneFix:i.readNext}</p>
          ${s.length>0?l`<p class="strong gap-top">${i.refusedRows(r,s.length)}</p><p>${i.refusedFix}</p>`:o}
          ${t>0?l`<div class="btns"><button class="btn small" type="button" @click=${()=>this.ctx.go(this.what)}>${i.look}</button></div>`:o}
        </div>
      </div>
      ${s.length>0?l`<ul class="refused" aria-label=${i.refusedRows(r,s.length)}>${s.slice(0,this.shown).map(c=>this.refused(c))}</ul>
            ${s.length>this.shown?l`<button class="btn small" type="button" @click=${()=>this.shown+=u}>${i.showMore(r,s.length-this.shown)}</button>`:o}`:o}`}refused(t){const s=d[this.ctx.language];return l`<li>
      <p class="strong">${s.atRow(this.ctx.locale.number(t.row),t.column)}: <code>${t.value}</code></p>
      <p>${t.reason[0]?.toUpperCase()}${t.reason.slice(1)}.</p>
      <p class="muted">${t.fix}</p>
    </li>`}};a.styles=[f,v(P),x`
      .refused { display: grid; margin: 0; padding: 0; border: 1px solid var(--u-line); border-radius: var(--u-r-m); font-size: var(--u-fs-s); overflow-wrap: anywhere; }
      .refused li { display: grid; gap: 2px; padding: var(--u-3) var(--u-4); list-style: none; }
      .refused li + li { border-top: 1px solid var(--u-line); }
      .refused code { padding: 0 6px; border-radius: var(--u-r-s); background: var(--u-sunken); }
    `];n([m()],a.prototype,"what",2);n([m()],a.prototype,"contour",2);n([h()],a.prototype,"file",2);n([h()],a.prototype,"told",2);n([h()],a.prototype,"shown",2);n([h()],a.prototype,"busy",2);n([h()],a.prototype,"wrong",2);n([h()],a.prototype,"asker",2);a=n([k("u2035-match-table")],a);export{a as MatchTable};
