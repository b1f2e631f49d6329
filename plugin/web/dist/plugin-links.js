import{a as O,r as v,n as w,d as c,P as I,o as P,A as p,b as o,i as u,g as _,t as k,j as L,w as S,f as A}from"./u2035.js";import{e as j}from"./plugin-query.js";import{m as y}from"./plugin-until.js";import"./plugin-long-list.js";import"./plugin-line.js";import{f as C,L as g}from"./plugin-list-part.js";import{n as N,l as b}from"./plugin-names.js";import"./plugin-rows.js";import{s as q,c as D}from"./plugin-clipboard.js";import{s as x,t as h}from"./plugin-u2035-sso-views.js";import{c as E}from"./plugin-types.js";import"./plugin-directive-helpers.js";import"./plugin-later.js";var U=Object.defineProperty,M=Object.getOwnPropertyDescriptor,d=(t,s,e,i)=>{for(var a=i>1?void 0:i?M(s,e):s,r=t.length-1,n;r>=0;r--)(n=t[r])&&(a=(i?n(s,e,a):n(a))||a);return i&&a&&U(s,e,a),a};function R(t){const s=t.split(`
`).filter(i=>i.trim()!=="").length-1,e=t.split("/u2035/sso/join?t=").length-1;return{made:e,skipped:Math.max(0,s-e)}}let l=class extends I{constructor(){super(...arguments),this.flows=[],this.clients=[],this.wanted="",this.forFlow=!1,this.externalId="",this.flow="",this.contour="production",this.days="7",this.again=!1,this.busy=!1,this.fault=null,this.wrong=null,this.made=null,this.table="",this.make=async t=>{t.preventDefault();const s=h[this.ctx.language];if(this.busy)return;if(this.barred){this.ctx.say(this.barred,!0);return}const e=Number(this.days),i=this.forFlow?this.flow?"":s.flowNeeded:this.externalId.trim()?"":s.learnerIdNeeded;if(this.fault=i?{field:"who",text:i}:Number.isInteger(e)&&e>=1&&e<=90?null:{field:"days",text:s.daysWrong},this.fault){await this.updateComplete,this.renderRoot.querySelector('[aria-invalid="true"]')?.focus();return}this.busy=!0,this.wrong=this.made=null,this.table="";const a=`${P(this.ctx.organization)}/u2035/sso/links`,r={contour:this.contour,hours:e*24,again:this.again};try{if(this.forFlow){const n=(await this.ctx.api.post(a,{...r,flow:this.flow},{accept:"text/csv"})).data,{made:$,skipped:F}=R(n);q(new Blob([n],{type:"text/csv"}),"sso-links.csv"),this.table=s.madeTable(this.ctx.locale,$,F,"sso-links.csv"),this.ctx.say(this.table)}else this.made=(await this.ctx.api.post(a,{...r,externalIds:[this.externalId.trim()]})).data;this.dispatchEvent(new CustomEvent("made")),await this.updateComplete,this.renderRoot.querySelector(".told")?.focus()}catch(n){this.wrong=n}this.busy=!1}}willUpdate(t){t.has("wanted")&&this.wanted&&(this.externalId=this.wanted)}get barred(){const t=h[this.ctx.language];return this.clients.find(s=>s.contour===this.contour)?.configured?"":t.notSetUp(t.contours[this.contour])}render(){const t=h[this.ctx.language],{barred:s,fault:e}=this,i=(a,r,n,$)=>o`<label class="pick"><input type="radio" name=${a} .checked=${r} @change=${n} />${$}</label>`;return o`<section class="panel" aria-labelledby="make">
      <div class="panel-head"><h2 id="make">${t.makeTitle}</h2></div>
      <form class="panel-body" novalidate @submit=${this.make}>
        <fieldset class="form"><legend>${t.forWhom}</legend>
          <div class="radios">${i("who",!this.forFlow,()=>this.forFlow=!1,t.forOne)}${i("who",this.forFlow,()=>this.forFlow=!0,t.forFlow)}</div>
        </fieldset>
        <div class="fields">
          ${this.forFlow?this.flowField():this.learnerField()}
          <div class="field">
            <label for="days">${t.days}</label>
            <input class="input short" id="days" inputmode="numeric" autocomplete="off" .value=${this.days} aria-invalid=${e?.field==="days"?"true":p} aria-describedby="days-says" @input=${a=>this.days=a.target.value} />
            ${this.hint("days",t.daysHint)}
          </div>
        </div>
        <fieldset class="form"><legend>${t.contour}</legend>
          <div class="radios">${[...E].reverse().map(a=>i("contour",this.contour===a,()=>this.contour=a,t.contours[a]))}</div>
        </fieldset>
        <label class="pick"><input type="checkbox" .checked=${this.again} @change=${a=>this.again=a.target.checked} />${t.again}</label>
        <div class="btns">
          <button class="btn primary" type="submit" aria-disabled=${s?"true":p} aria-busy=${this.busy?"true":p} aria-describedby="make-says">
            ${this.busy?o`<span class="spin" aria-hidden="true"></span>${t.makingLinks}`:o`${u(this.forFlow?"table":"link")}${this.forFlow?t.makeTable:t.make}`}
          </button>
          <span class="grow small muted" id="make-says">${s||t.replaces}</span>
          ${s?o`<button class="btn" type="button" @click=${()=>this.ctx.go("")}>${t.toSettings}</button>`:p}
        </div>
        ${this.wrong?_(this.ctx,this.wrong):p} ${this.outcome()}
      </form>
    </section>`}hint(t,s){const{fault:e}=this;return e?.field===t?o`<p class="small bad-text" id=${`${t}-says`} role="alert">${e.text}</p>`:o`<p class="hint" id=${`${t}-says`}>${s}</p>`}learnerField(){const t=h[this.ctx.language];return o`<div class="field">
      <label for="who">${t.learnerId}</label>
      <input class="input mono" id="who" autocomplete="off" spellcheck="false" .value=${this.externalId} aria-invalid=${this.fault?.field==="who"?"true":p} aria-describedby="who-says" @input=${s=>this.externalId=s.target.value} />
      ${this.hint("who",t.learnerIdHint)}
    </div>`}flowField(){const t=h[this.ctx.language];return o`<div class="field">
      <label for="flow">${t.flow}</label>
      <div class="select">
        <select class="input" id="flow" aria-invalid=${this.fault?.field==="who"?"true":p} aria-describedby="who-says" @change=${s=>this.flow=s.target.value}>
          <option value="">${t.chooseFlow}</option>
          ${this.flows.map(s=>o`<option value=${s.id} ?selected=${s.id===this.flow}>${s.title||s.id}</option>`)}
        </select>
        ${u("chevd","s")}
      </div>
      ${this.hint("who","")}
    </div>`}outcome(){const{ctx:t,made:s}=this,e=h[t.language];if(this.table)return o`<div class="note ok told" tabindex="-1">${u("okc")}<p>${this.table}</p></div>`;if(!s)return p;const[i]=s.items;return i?o`<div class="note ok told" tabindex="-1">
      ${u("okc")}
      <div class="made">
        <p class="note-head">${e.madeOne(i.name||i.learnerExternalId,t.locale.moment(i.expiresAt))}</p>
        <p>${e.madeOnce}</p>
        <code id="link">${i.url}</code>
        <div class="btns"><button class="btn small" type="button" @click=${()=>void this.copyLink(i.url)}>${u("copy","s")}${e.copyLink}</button></div>
      </div>
    </div>`:o`<div class="note warn told" tabindex="-1" role="alert">${u("alert")}<div><p class="note-head">${e.madeNone}</p><p>${s.skipped.map(a=>a.reason).join(" ")}</p></div></div>`}async copyLink(t){const s=h[this.ctx.language];this.ctx.say(await D(t,this.renderRoot.querySelector("#link"))==="copied"?s.linkCopied:s.selected)}};l.styles=[O,C,v(x)];d([w({attribute:!1})],l.prototype,"flows",2);d([w({attribute:!1})],l.prototype,"clients",2);d([w()],l.prototype,"wanted",2);d([c()],l.prototype,"forFlow",2);d([c()],l.prototype,"externalId",2);d([c()],l.prototype,"flow",2);d([c()],l.prototype,"contour",2);d([c()],l.prototype,"days",2);d([c()],l.prototype,"again",2);d([c()],l.prototype,"busy",2);d([c()],l.prototype,"fault",2);d([c()],l.prototype,"wrong",2);d([c()],l.prototype,"made",2);d([c()],l.prototype,"table",2);l=d([k("u2035-sso-make")],l);var T=Object.defineProperty,z=Object.getOwnPropertyDescriptor,m=(t,s,e,i)=>{for(var a=i>1?void 0:i?z(s,e):s,r=t.length-1,n;r>=0;r--)(n=t[r])&&(a=(i?n(s,e,a):n(a))||a);return i&&a&&T(s,e,a),a};const B={open:{tone:"now",mark:"link"},used:{tone:"ok",mark:"check"},revoked:{tone:"",mark:"x"},expired:{tone:"",mark:"clock"}};let f=class extends g{constructor(){super(...arguments),this.asked="",this.flows=[],this.clients=[],this.load=null}get forbidden(){return h[this.ctx.language].forbidden}async fetch(t){const{api:s}=this.ctx,[e,i]=await Promise.all([s.get(`${this.base}/sso/clients`,{signal:t}),N(this.ctx).flows()]);this.clients=e.data.items,this.flows=[...i.values()],this.load=async(a,r)=>(await s.get(`${this.base}/sso/links`,{query:{limit:100,cursor:a},signal:r})).data}render(){const t=h[this.ctx.language];return this.body(()=>o`<u2035-sso-make .ctx=${this.ctx} .flows=${this.flows} .clients=${this.clients} .wanted=${L(this.asked,{learner:""}).learner} @made=${()=>void this.rows?.again()}></u2035-sso-make>
        <section class="panel gap-top" aria-labelledby="links">
          <div class="panel-head"><h2 id="links">${t.links}</h2><u2035-csv .ctx=${this.ctx} .from=${`${this.base}/sso/links`}></u2035-csv></div>
          <u2035-rows
            .ctx=${this.ctx}
            .load=${this.load}
            .label=${t.links}
            plain
            .heights=${[56,84]}
            .row=${s=>this.row(s)}
            .empty=${o`<div class="empty">${u("link")}<h3>${t.noLinks}</h3><p>${t.noLinksFix}</p></div>`}
          ></u2035-rows>
        </section>`)}row(t){const{ctx:s}=this,e=h[s.language],{tone:i,mark:a}=B[t.state],r=y(b(s,t.learner),t.learner),n=[o`<div><span class="clip strong">${r}</span><small>${e.contours[t.contour]}</small></div>`,o`<div><span class="clip">${t.usedAt?e.linkUsed(s.locale.moment(t.usedAt)):e.linkUntil(s.locale.moment(t.expiresAt))}</span><small>${e.linkMade(t.createdBy,s.locale.moment(t.createdAt))}</small></div>`,o`<span class="badge ${i}">${u(a)}${e.linkState[t.state]}</span>`,t.state==="open"?o`<button class="btn small danger-quiet" type="button" aria-label=${y(b(s,t.learner).then($=>e.revokeOf($)),e.revoke)} @click=${()=>void this.revoke(t)}>${e.revoke}</button>`:o`<span></span>`];return o`<u2035-line .ctx=${s} .cells=${n}></u2035-line>`}async revoke(t){const s=h[this.ctx.language];try{await this.ctx.api.delete(`${this.base}/sso/links/${t.id}`),this.rows?.replace(e=>e.id===t.id,{...t,state:"revoked"}),this.ctx.say(s.revoked)}catch(e){const i=S(this.ctx.kit,e);this.ctx.say(`${i.title}. ${i.detail||i.fix}`,!0),e instanceof A&&e.status===404&&this.rows?.again()}}};f.styles=[...g.styles,v(x)];m([w()],f.prototype,"asked",2);m([c()],f.prototype,"flows",2);m([c()],f.prototype,"clients",2);m([c()],f.prototype,"load",2);m([j("u2035-rows")],f.prototype,"rows",2);f=m([k("u2035-sso-links")],f);export{f as SsoLinks};
