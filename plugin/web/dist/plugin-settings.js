import{a as C,r as k,n as g,d as c,P as _,_ as q,i as d,b as a,g as w,l as D,A as o,t as x,o as L,f as S}from"./u2035.js";import{f as E,s as R,l as A,L as I}from"./plugin-list-part.js";import{n as M}from"./plugin-names.js";import{e as T}from"./plugin-query.js";import{l as z}from"./plugin-live.js";import{c as F}from"./plugin-clipboard.js";import{s as j,t as $}from"./plugin-u2035-sso-views.js";import{l as B}from"./plugin-sign-in.js";import{c as O}from"./plugin-types.js";import"./plugin-directive-helpers.js";import"./plugin-later.js";var N=Object.defineProperty,H=Object.getOwnPropertyDescriptor,v=(t,e,s,i)=>{for(var r=i>1?void 0:i?H(e,s):e,l=t.length-1,n;l>=0;l--)(n=t[l])&&(r=(i?n(e,s,r):n(r))||r);return i&&r&&N(e,s,r),r};let u=class extends _{constructor(){super(...arguments),this.projects=[],this.project="",this.ready=!1,this.broken=null,this.extras={}}willUpdate(t){!this.ready&&!this.broken&&q(()=>import("./plugin-u2035-letter.js"),[],import.meta.url).then(()=>this.ready=!0,e=>this.broken=e),t.has("projects")&&!this.projects.some(e=>e.project===this.project)&&(this.project=this.projects[0]?.project??""),t.has("client")&&(this.extras={...this.extras})}render(){const{ctx:t,client:e,projects:s,project:i}=this,r=$[t.language];return s.length===0?a`<div class="note warn gap-top">${d("alert")}<p>${r.noProjects}</p></div>`:e.revision===0?a`<div class="note gap-top">${d("mail")}<p>${r.letterFirst}</p></div>`:this.broken?w(t,this.broken,()=>this.broken=null):this.ready?a`<div class="form gap-top">
      <p class="small muted">${r.letterLead}</p>
      ${s.length>1?R(r.project,i,s.map(l=>({value:l.project,title:l.title})),l=>this.project=l):o}
      ${e.contour==="production"?a`<div class="field">
              <label for="leader">${r.leaderId}</label>
              <input class="input mono short" id="leader" inputmode="numeric" autocomplete="off" aria-describedby="leader-says" .value=${this.extras.leaderId??""} @change=${l=>this.extras={leaderId:l.target.value.trim()}} />
              <p class="hint" id="leader-says">${r.leaderHint}</p>
            </div>
            <p class="small muted">${r.usersMe}</p>`:o}
      <u2035-letter .ctx=${t} .project=${i} .kind=${`sso-${e.contour}`} .extras=${this.extras} .label=${r.letter(r.contours[e.contour])}></u2035-letter>
    </div>`:D(t)}};u.styles=[C,E,k(j)];v([g({attribute:!1})],u.prototype,"client",2);v([g({attribute:!1})],u.prototype,"projects",2);v([c()],u.prototype,"project",2);v([c()],u.prototype,"ready",2);v([c()],u.prototype,"broken",2);v([c()],u.prototype,"extras",2);u=v([x("u2035-sso-letter")],u);var K=Object.defineProperty,V=Object.getOwnPropertyDescriptor,y=(t,e,s,i)=>{for(var r=i>1?void 0:i?V(e,s):e,l=t.length-1,n;l>=0;l--)(n=t[l])&&(r=(i?n(e,s,r):n(r))||r);return i&&r&&K(e,s,r),r};let f=class extends _{constructor(){super(...arguments),this.trial=null,this.busy=!1,this.wrong=null,this.back=()=>{this.trial&&document.visibilityState==="visible"&&this.look()},this.look=()=>{this.dispatchEvent(new CustomEvent("look"))},this.begin=async()=>{const t=$[this.ctx.language];if(!this.busy){if(!this.client.configured){this.ctx.say(t.checkFirst,!0);return}this.busy=!0,this.wrong=null;try{this.trial=(await this.ctx.api.post(`${L(this.ctx.organization)}/u2035/sso/clients/${this.client.contour}/check`,{})).data,await this.updateComplete,this.renderRoot.querySelector("#open-trial")?.focus()}catch(e){this.wrong=e}this.busy=!1}}}connectedCallback(){super.connectedCallback(),document.addEventListener("visibilitychange",this.back),window.addEventListener("focus",this.back)}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener("visibilitychange",this.back),window.removeEventListener("focus",this.back)}willUpdate(t){const e=t.get("client");e&&e.lastCheck?.at!==this.client.lastCheck?.at&&(this.trial=null)}render(){const{ctx:t,client:e,trial:s}=this,i=$[t.language],r=B(s?.url,location.href);return a`<div class="form">
      <div><h3>${i.check}</h3><p class="small muted">${i.checkLead}</p></div>
      ${e.lastCheck?this.outcome(e.lastCheck):o} ${this.wrong?w(t,this.wrong):o}
      <div class="btns">
        ${s&&r?a`<a class="btn" id="open-trial" href=${r} target="_blank" rel="noopener noreferrer">${d("external")}${i.openTrial}</a>
              <button class="btn quiet" type="button" @click=${this.look}>${d("refresh")}${i.checkAgain}</button>
              <span class="grow small muted">${i.trialUntil(t.locale.time(s.expiresAt))}</span>`:a`<button class="btn" id="trial" type="button" aria-disabled=${e.configured?o:"true"} aria-busy=${this.busy?"true":o} aria-describedby=${e.configured?o:"trial-why"} @click=${this.begin}>
                ${this.busy?a`<span class="spin" aria-hidden="true"></span>${i.making}`:a`${d("key")}${i.makeTrial}`}
              </button>
              ${e.configured?o:a`<span class="grow small muted" id="trial-why">${i.checkFirst}</span>`}`}
      </div>
    </div>`}outcome(t){const{ctx:e}=this,s=$[e.language],i=e.locale.moment(t.at);return t.passed?a`<div class="note ok" role="status">${d("okc")}<p>${s.checkPassed(i)}</p></div>`:a`<div class="note bad" role="alert">
      ${d("excl")}
      <div>
        <p class="note-head">${s.checkFailed(i)}</p>
        <p>${t.cause}</p>
        <p>${t.fix}</p>
        <p class="caption">${s.code}: <code>${t.code}</code></p>
      </div>
    </div>`}};f.styles=[C,k(j)];y([g({attribute:!1})],f.prototype,"client",2);y([c()],f.prototype,"trial",2);y([c()],f.prototype,"busy",2);y([c()],f.prototype,"wrong",2);f=y([x("u2035-sso-trial")],f);const W=["fill","letter","secret","check"];function P(t){const e=t.revision>0&&t.clientId!==""&&t.redirectUri!=="",s=t.secret!=="",i=t.findings.some(l=>l.wrong),r=t.lastCheck;return{fill:e?i?"fail":"done":"now",letter:s?"done":e?"now":"wait",secret:s?"done":"wait",check:t.configured?r===null?"now":r.passed?"done":"fail":"wait"}}const G=["clientId","redirectUri","clientSecret","base"];function U(t){const e={};for(const s of G){const i=t?.field(`/${s}`);i&&(e[s]=i)}return e}function J(t){const{clientId:e,redirectUri:s,clientSecret:i,base:r}=t;return{clientId:e,redirectUri:s,...r?{base:r}:{},...i?{clientSecret:i}:{}}}var Q=Object.defineProperty,X=Object.getOwnPropertyDescriptor,p=(t,e,s,i)=>{for(var r=i>1?void 0:i?X(e,s):e,l=t.length-1,n;l>=0;l--)(n=t[l])&&(r=(i?n(e,s,r):n(r))||r);return i&&r&&Q(e,s,r),r};const Y={done:"check",now:null,fail:"x",wait:null};let h=class extends _{constructor(){super(...arguments),this.projects=[],this.next=!1,this.typed={},this.replacing=!1,this.reading=!1,this.busy=!1,this.wrong=null,this.broken=null,this.conflict=!1,this.read=async()=>{this.client=(await this.ctx.api.get(this.address)).data},this.save=async t=>{t.preventDefault();const{words:e}=this;if(!this.busy){if(!this.isChanged){this.ctx.say(e.unchanged);return}this.busy=!0,this.wrong=null,this.broken=null,this.conflict=!1;try{const s=J({clientId:this.value("clientId").trim(),redirectUri:this.value("redirectUri"),clientSecret:this.value("clientSecret"),base:this.value("base").trim()});this.client=(await this.ctx.api.put(this.address,s,{ifMatch:`"${this.client.revision}"`})).data,this.typed={},this.replacing=!1,this.ctx.say(e.saved)}catch(s){s instanceof S&&s.status===412?(this.conflict=!0,await this.read().catch(i=>this.broken=i)):s instanceof S&&Object.keys(U(s)).length>0?(this.wrong=s,await this.updateComplete,this.renderRoot.querySelector('[aria-invalid="true"]')?.focus()):this.broken=s}this.busy=!1}},this.ask=()=>{this.dialog.showModal(),this.renderRoot.querySelector("#cancel").focus()}}get words(){return $[this.ctx.language]}get contour(){return this.words.contours[this.client.contour]}get address(){return`${L(this.ctx.organization)}/u2035/sso/clients/${this.client.contour}`}willUpdate(t){t.has("given")&&(this.client=this.given)}value(t){const{client:e,typed:s}=this;return s[t]!==void 0?s[t]:t==="clientSecret"?"":t==="redirectUri"?e.redirectUri||e.callback:e[t]}get isChanged(){const{client:t}=this;return t.revision===0||this.value("clientSecret")!==""||["clientId","redirectUri","base"].some(e=>this.value(e)!==t[e])}async erase(){this.dialog.close(),this.broken=null;try{await this.ctx.api.delete(this.address,{ifMatch:`"${this.client.revision}"`}),this.ctx.say(this.words.removed),this.typed={}}catch(t){t instanceof S&&t.status===412?this.conflict=!0:this.broken=t}await this.read().catch(t=>this.broken=t),await this.updateComplete,this.renderRoot.querySelector("h2")?.focus()}render(){const{words:t,client:e,contour:s}=this,{state:i,tone:r,mark:l}=this.standing;return a`<section class="panel" aria-label=${s}>
      <div class="panel-head">
        <h2 tabindex="-1">${s}</h2>
        <span class="badge ${r}">${d(l)}${i}</span>
        <p class="muted small">${t.contourLead[e.contour]}</p>
      </div>
      <div class="panel-body">
        ${this.trail()} ${this.form()}
        <div class="part">
          <details class="more" ?open=${P(e).letter==="now"} @toggle=${n=>this.reading=n.target.open}>
            <summary>${d("chev","s")}${t.letter(s)}</summary>
            ${this.reading?a`<u2035-sso-letter .ctx=${this.ctx} .client=${e} .projects=${this.projects}></u2035-sso-letter>`:o}
          </details>
        </div>
        <div class="part">
          <u2035-sso-trial .ctx=${this.ctx} .client=${e} @look=${()=>void this.read().catch(n=>this.broken=n)}></u2035-sso-trial>
        </div>
        ${e.revision>0?a`<div class="btns"><button class="btn small danger-quiet" type="button" @click=${this.ask}>${t.remove}</button></div>`:o}
      </div>
      <dialog role="alertdialog" aria-labelledby="remove-title" aria-describedby="remove-means">
        <div class="dialog">
          <div class="dialog-head"><span class="sign">${d("alert")}</span><div><h2 id="remove-title">${t.removeTitle(s)}</h2><p id="remove-means">${t.removeMeans}</p></div></div>
          <div class="dialog-foot">
            <button class="btn" id="cancel" type="button" @click=${()=>this.dialog.close()}>${this.ctx.kit.cancel}</button>
            <button class="btn danger" type="button" @click=${()=>void this.erase()}>${t.remove}</button>
          </div>
        </div>
      </dialog>
    </section>`}get standing(){const{words:t,client:e}=this;return e.configured?e.lastCheck?e.lastCheck.passed?{state:t.ready,tone:"ok",mark:"check"}:{state:t.broken,tone:"bad",mark:"excl"}:{state:t.unchecked,tone:"now",mark:"half"}:{state:t.notReady,tone:"",mark:"circle"}}trail(){const{words:t}=this,e=P(this.client);return a`<ol class="trail" aria-label=${t.stepsLabel(this.contour)}>
      ${W.map(s=>{const i=e[s],r=Y[i];return a`<li data-state=${i==="now"?"next":i}>
          <span class="dot" aria-hidden="true">${r?d(r):o}</span><span class="trail-name">${t.step[s]}<span class="sr">: ${t.states[i]}</span></span>
          <span class="trail-note">${t.stepNote[s][i]}</span>
        </li>`})}
    </ol>`}form(){const{words:t,client:e}=this,s=e.secret!==""&&!this.replacing;return a`<form class="part form" novalidate @submit=${this.save}>
      ${this.field("clientId")} ${this.field("redirectUri",this.callback())}
      ${s?a`<div class="field">
            <label for="secret-kept">${t.fields.clientSecret}</label>
            <div class="input-wrap"><input class="input mono saved" id="secret-kept" readonly .value=${t.secretKept(e.secret)} /><button class="peek" type="button" aria-label=${t.changeSecretOf(this.contour)} @click=${()=>this.replaceSecret(!0)}>${t.changeSecret}</button></div>
          </div>`:this.field("clientSecret",e.secret?a`<button class="btn quiet small" type="button" @click=${()=>this.replaceSecret(!1)}>${t.keepSecret}</button>`:o)}
      <details class="more" ?open=${!!this.wrong?.field("/base")}><summary>${d("chev","s")}${t.more}</summary>${this.field("base")}</details>
      ${this.conflict?a`<div class="note warn" role="alert">${d("users")}<p>${t.conflict}</p></div>`:o}
      ${this.broken?w(this.ctx,this.broken):o}
      <div class="btns">
        <button class="btn ${this.isChanged&&(this.next||Object.keys(this.typed).length>0)?"primary":""}" type="submit" aria-disabled=${this.isChanged?o:"true"} aria-busy=${this.busy?"true":o} aria-describedby=${this.isChanged?o:"unchanged"}>
          ${this.busy?a`<span class="spin" aria-hidden="true"></span>${t.saving}`:t.save}
        </button>
        ${this.isChanged?o:a`<span class="grow small muted" id="unchanged">${t.unchanged}</span>`}
      </div>
    </form>`}replaceSecret(t){this.replacing=t,this.typed={...this.typed,clientSecret:void 0},this.updateComplete.then(()=>this.renderRoot.querySelector(t?"#clientSecret":".peek")?.focus())}field(t,e=o){const{words:s}=this,i=U(this.wrong)[t];return a`<div class="field">
      <label for=${t}>${s.fields[t]}</label>
      <input
        class="input mono"
        id=${t}
        type=${t==="clientSecret"?"password":"text"}
        autocomplete=${t==="clientSecret"?"new-password":"off"}
        autocapitalize="off"
        spellcheck="false"
        .value=${z(this.value(t))}
        aria-invalid=${i?"true":o}
        aria-describedby=${i?`${t}-says ${t}-err`:`${t}-says`}
        @input=${r=>this.typed={...this.typed,[t]:r.target.value}}
      />
      <p class="hint" id=${`${t}-says`}>${s.hints[t]}</p>
      ${i?this.fault(t,i):o} ${e}
    </div>`}fault(t,e){const{words:s}=this;return a`<div class="field-error" id=${`${t}-err`} role="alert">
      <dl class="cause"><dt>${s.cause}</dt><dd>${s.subject(s.fields[t].split(",")[0],e.reason)}</dd>${e.fix?a`<dt>${s.fix}</dt><dd>${e.fix}</dd>`:o}</dl>
    </div>`}callback(){const{words:t,client:e}=this;return a`<div class="callback">
        ${this.value("redirectUri")===e.callback?a`<span>${t.isCallback}</span>`:a`<span>${t.callbackIs}:</span>`} <code id="callback" class=${this.value("redirectUri")===e.callback?"sr":""}>${e.callback}</code>
        <button class="btn quiet small icon" type="button" aria-label=${t.copyCallback} title=${t.copyCallback} @click=${()=>void this.copyCallback()}>${d("copy","s")}</button>
        ${this.value("redirectUri")===e.callback?o:a`<button class="btn small" type="button" @click=${()=>this.typed={...this.typed,redirectUri:e.callback}}>${t.useCallback}</button>`}
      </div>
      ${this.typed.redirectUri===void 0&&e.findings.length>0?a`<ul class="stack-s" aria-label=${t.findings}>${e.findings.map(s=>this.finding(s))}</ul>`:o}`}finding(t){return a`<li class=${t.wrong?"finding bad":"finding"}>${d(t.wrong?"excl":"alert")}<div><p class="strong">${this.words.subject("redirect_uri:",t.reason)}.</p><p>${t.fix}</p></div></li>`}async copyCallback(){const t=await F(this.client.callback,this.renderRoot.querySelector("#callback"));this.ctx.say(t==="copied"?this.ctx.kit.copied:this.words.selected)}};h.styles=[C,A,k(j)];p([g({attribute:!1})],h.prototype,"given",2);p([g({attribute:!1})],h.prototype,"projects",2);p([g({type:Boolean})],h.prototype,"next",2);p([c()],h.prototype,"client",2);p([c()],h.prototype,"typed",2);p([c()],h.prototype,"replacing",2);p([c()],h.prototype,"reading",2);p([c()],h.prototype,"busy",2);p([c()],h.prototype,"wrong",2);p([c()],h.prototype,"broken",2);p([c()],h.prototype,"conflict",2);p([T("dialog")],h.prototype,"dialog",2);h=p([x("u2035-sso-client")],h);var Z=Object.defineProperty,tt=Object.getOwnPropertyDescriptor,m=(t,e,s,i)=>{for(var r=i>1?void 0:i?tt(e,s):e,l=t.length-1,n;l>=0;l--)(n=t[l])&&(r=(i?n(e,s,r):n(r))||r);return i&&r&&Z(e,s,r),r};let b=class extends I{constructor(){super(...arguments),this.clients=[],this.meanings=[],this.unexplained=null,this.projects=[],this.explained="",this.explain=async()=>{const{language:t}=this.ctx;if(this.unexplained=null,!(this.explained===t||!this.renderRoot.querySelector("details")?.open))try{const{items:e}=(await this.ctx.api.get(`${this.base}/sso/errors`)).data;this.explained=t,this.meanings=e}catch(e){this.unexplained=e}}}get forbidden(){return $[this.ctx.language].forbidden}async fetch(t){const[e,s]=await Promise.all([this.ctx.api.get(`${this.base}/sso/clients`,{signal:t}),M(this.ctx).projects()]);this.clients=e.data.items,this.projects=s,this.explain()}render(){const t=$[this.ctx.language],e=O.find(i=>!this.clients.find(r=>r.contour===i)?.configured),s=()=>a`<div class="contours">
        ${O.map(i=>a`<u2035-sso-client .ctx=${this.ctx} .given=${this.clients.find(r=>r.contour===i)} .projects=${this.projects} .next=${i===e}></u2035-sso-client>`)}
      </div>
      <details class="more gap-top" @toggle=${this.explain}>
        <summary>${d("chev","s")}${t.errors}</summary>
        <p class="small muted">${t.errorsLead}</p>
        <dl class="meanings">
          ${this.meanings.map(i=>a`<div><dt><code>${i.code}</code></dt><dd>${i.cause}</dd><dd>${i.fix}</dd></div>`)}
        </dl>
        ${this.unexplained?w(this.ctx,this.unexplained,this.explain):""}
      </details>`;return this.clients.length>0&&!this.failed?s():this.body(s)}};b.styles=[...I.styles,k(j)];m([c()],b.prototype,"clients",2);m([c()],b.prototype,"meanings",2);m([c()],b.prototype,"unexplained",2);m([c()],b.prototype,"projects",2);b=m([x("u2035-sso-settings")],b);export{b as SsoSettings};
