import{a as h,b as c,j as $,u as q,f as v,x as N,R as et,T as st,F as x,d as O,S as lt,c as M,t as it,e as K,P as ct,h as U,I as dt}from"./shell.js";import"./host-confirm.js";import{L as ht}from"./host-leaving.js";import{F as ut}from"./host-form-view.js";import{w as R,h as mt,b as pt,j as gt,k,l as nt,n as $t,m as W,e as P,o as ft,g as ot,t as j,d as B,r as V,p as _,q as wt,u as I,c as bt,v as vt,a as E,x as G,y as F,z as yt,A as kt,B as xt,C as Ot,D as z,E as Q,F as L,f as Ct,G as A,i as D,s as H,H as St,I as Pt,J as X,K as It,L as Tt}from"./host-route-form.js";import{m as C,f as at,c as J,k as Ht,a as Nt,s as At}from"./host-trial.js";import{c as jt}from"./host-clipboard.js";import{r as Ft,m as qt,a as Y,b as Rt}from"./host-run-view.js";import"./host-values.js";import"./host-actor.js";function Wt(e,t){const s=C[e.language],{conditions:i}=t,n=(a,o)=>t.set(i.map((l,r)=>r===a?o:l));return c`<fieldset class="conditions" aria-describedby=${t.problem?"when-wrong":h}>
    <legend class="sub">${s.conditions}</legend>
    <p class="hint">${i.length?s.conditionsHint:s.conditionsNone}</p>
    ${i.map((a,o)=>{const l=zt(a);return c`<div class="condition">
        <input class="input mono" list="columns" autocomplete="off" spellcheck="false" aria-label=${s.conditionColumn(o+1)} placeholder=${s.placeholders.column} .value=${a.column??""} @input=${r=>n(o,{...a,column:r.target.value})} />
        <span class="select">
          <select class="input" aria-label=${s.conditionHow(o+1)} @change=${r=>n(o,Z(a.column,r.target.value,a.in??a.notIn??[]))}>
            ${["in","notIn","missing","given"].map(r=>c`<option value=${r} ?selected=${r===l} .selected=${r===l}>${s.conditionIs[r]}</option>`)}
          </select>
          ${$("chevd","s")}
        </span>
        ${l==="in"||l==="notIn"?c`<input class="input mono" autocomplete="off" spellcheck="false" aria-label=${s.conditionValues(o+1)} placeholder=${s.valuesHint} .value=${(a[l]??[]).join("; ")} @change=${r=>n(o,Z(a.column,l,Bt(r.target.value)))} />`:c`<span></span>`}
        <button class="btn icon quiet" type="button" aria-label=${s.removeCondition(o+1)} @click=${()=>(t.set(i.filter((r,d)=>d!==o)),t.focus("#add-condition"))}>${$("x","s")}</button>
      </div>`})}
    ${R(e,"when-wrong",t.problem)}
    <div><button class="btn small" id="add-condition" type="button" @click=${()=>(t.set([...i,{column:"",in:[]}]),t.focus(".condition:nth-last-of-type(2) > .input"))}>${$("plus","s")}${s.addCondition}</button></div>
  </fieldset>`}function zt(e){return e.in?"in":e.notIn?"notIn":e.missing===!1?"given":"missing"}function Z(e,t,s){return t==="in"||t==="notIn"?{column:e,[t]:s}:{column:e,missing:t==="missing"}}function Bt(e){return e.trim()===""?[]:e.split(";").map(t=>t.trim())}function _t(e,t,s,i){const n=C[e.language],a=i.rule,{date:o}=a,l=mt(o),r=!!pt(i.target,"flow"),d=["exact","clock","unix","since","flow","column"].filter(m=>m!=="flow"||r||l==="flow"),u=m=>i.set(m?{...a,date:m}:k(a,"date"));return c`<div class="date-rows">
    ${q(e,{id:`${t}-date`,label:n.date,value:l,options:d.map(m=>[m,n.dates[m]]),onInput:m=>u(gt(m,o,i.zone))})}
    ${o&&l!=="unix"?c`<div class="fields">
          ${l==="since"?v(e,{id:`${t}-base`,label:n.base,type:"date",value:String(o.base??""),onInput:m=>u({...o,base:m})}):h}
          ${l!=="clock"?q(e,{id:`${t}-unit`,label:n.unit,value:o.unit??"days",options:Object.entries(n.units),onInput:m=>u({...o,unit:m})}):h}
          ${v(e,{id:`${t}-zone`,label:n.zone,mono:!0,value:o.zone??"",placeholder:"UTC",onInput:m=>u(m?{...o,zone:m}:k(o,"zone"))})}
        </div>`:h}
    ${o&&l==="column"?Et(e,t,s,o,u):h}
  </div>`}function Et(e,t,s,i,n){const a=C[e.language],o=i.base;if(!nt(o))return h;const{column:l,map:r}=o;return c`${v(e,{id:`${t}-base-column`,label:a.baseColumn,mono:!0,value:l,onInput:d=>n({...i,base:{column:d,map:r}})})}
    <lms-pairs .ctx=${e} .label=${`${a.base}: ${s}`} .words=${a.basePairs} .value=${r} .onChange=${d=>n({...i,base:{column:l,map:d}})}></lms-pairs>`}function Lt(e,t){const s=t.required&&!t.rule?{...t,rule:{column:""}}:t,i=C[e.language],{name:n,known:a,rule:o,problem:l}=s,{label:r,meaning:d}=at(e.language,s.target,n,a?.to),u=`rule-${n}`,m=W(o),T=Dt(s),p=b=>b==="column"&&s.arePaths?i.path:i.modes[b]??b,g=!a&&n!=="externalId"&&n!=="content";return c`<div class="map-row ${m==="none"?"unset":""}" role="group" aria-labelledby="${u}-l">
    <div class="rule-name">
      <p id="${u}-l"><span class="strong">${r}</span> <code>${n}</code>${s.required?c` <span class="chip">${i.required}</span>`:h}</p>
      ${d||g?c`<p class="hint" id="${u}-h">${g?i.unknownField:d}</p>`:h}
    </div>
    <div class="rule-how">
      <span class="select">
        <select class="input" id="${u}-mode" aria-label=${i.from(r)} aria-invalid=${l&&m==="none"?"true":h} aria-describedby=${[d||g?`${u}-h`:"",l?`${u}-wrong`:""].filter(Boolean).join(" ")||h} @change=${b=>s.set($t(o,b.target.value))}>
          ${T.map(b=>c`<option value=${b} ?selected=${b===m} .selected=${b===m}>${p(b)}</option>`)}
        </select>
        ${$("chevd","s")}
      </span>
      ${Mt(e,s,u,r)} ${R(e,`${u}-wrong`,l)}
      ${a?.type==="time"&&(m==="column"||m==="template")?_t(e,u,r,s):h} ${Jt(e,s,u)}
    </div>
  </div>`}function Dt({name:e,target:t,required:s,rule:i}){const n=[...s?[]:["none"],"column","template"];e!=="externalId"&&e!=="content"&&n.push("constant"),t==="results"&&e==="success"&&n.push("derive");const a=W(i);return n.includes(a)?n:[...n,a]}function Mt(e,t,s,i){const n=C[e.language],{rule:a,known:o,problem:l}=t,r=W(a);if(!a||r==="none")return h;if(r==="derive")return c`<p class="hint">${n.derived}</p>`;const d=r==="column"&&t.arePaths,u=`${d?n.valueOf.path:n.valueOf[r]??""}: ${i}`,m=[l?`${s}-wrong`:"",r==="template"&&!P(a).includes("{")?`${s}-t`:""].filter(Boolean).join(" ")||h,T=g=>t.set(ft(a,g)),p=rt(o);return r==="constant"&&p?c`<span class="select">
      <select class="input" id="${s}-value" aria-label=${u} aria-invalid=${l?"true":h} aria-describedby=${m} @change=${g=>T(g.target.value)}>
        ${[...p.includes(P(a))?[]:[P(a)],...p].map(g=>c`<option value=${g} ?selected=${g===P(a)} .selected=${g===P(a)}>${g?J(e.language,g):n.choose}</option>`)}
      </select>
      ${$("chevd","s")}
    </span>`:c`<input class="input mono" id="${s}-value" aria-label=${u} placeholder=${d?n.placeholders.path:n.placeholders[r]??""} list=${r==="column"?"columns":h} autocomplete="off" spellcheck="false" autocapitalize="none" aria-invalid=${l?"true":h} aria-describedby=${m} .value=${P(a)} @input=${g=>T(g.target.value)} />
    ${r==="template"&&!P(a).includes("{")?c`<p class="hint" id="${s}-t">${n.templateHint}</p>`:h}`}function rt(e){return e?.choices??(e?.type==="bool"?["true","false"]:void 0)}function Jt(e,t,s){const i=C[e.language],{rule:n,known:a,name:o}=t,l=W(n);if(!n||l!=="column"&&l!=="template")return h;if(o==="content")return N(e,{id:`${s}-immutable`,label:i.immutable,hint:i.immutableHint,checked:n.immutable===!0,onChange:p=>t.set(p?{...n,immutable:!0}:k(n,"immutable"))});const r=rt(a),d=nt(n.map)?n.map:{},u=[Object.keys(d).length?i.hasMap:"",n.lower?i.hasLower:""].filter(Boolean),m=p=>t.set(Object.keys(p).length?{...n,map:p}:k(n,"map","otherwise")),T=!a||a.type==="text"||a.type==="list"||a.type==="ref";return c`<details class="more">
    <summary>${$("chev","s")}${i.more}${u.length?c`: ${u.join(", ")}`:h}<span class="sr"> ${at(e.language,t.target,o).label}</span></summary>
    <div class="stack-s conversion">
      <div class="field">
        <p class="label">${i.map}</p>
        <p class="hint">${i.mapHint}${r?c` ${i.mapHere(r.map(p=>J(e.language,p)===p?p:`${p} — ${J(e.language,p)}`).join(", "))}`:h}</p>
        <lms-pairs .ctx=${e} .label=${i.map} .words=${i.mapPairs} .value=${d} .suggestions=${r??[]} .emptyIsNull=${!0} .onChange=${m}></lms-pairs>
      </div>
      ${Object.keys(d).length?v(e,{id:`${s}-otherwise`,label:i.otherwise,hint:i.otherwiseHint,mono:!0,value:n.otherwise??"",onInput:p=>t.set(p?{...n,otherwise:p}:k(n,"otherwise"))}):h}
      ${T||n.lower?N(e,{id:`${s}-lower`,label:i.lower,hint:i.lowerHint,checked:n.lower===!0,onChange:p=>t.set(p?{...n,lower:!0}:k(n,"lower"))}):h}
    </div>
  </details>`}var Kt=Object.defineProperty,Ut=Object.getOwnPropertyDescriptor,w=(e,t,s,i)=>{for(var n=i>1?void 0:i?Ut(t,s):t,a=e.length-1,o;a>=0;a--)(o=e[a])&&(n=(i?o(t,s,n):o(n))||n);return i&&n&&Kt(t,s,n),n};const Vt=8;let f=class extends lt{constructor(){super(...arguments),this.mapping={},this.problems=[],this.columns=[],this.arePaths=!1,this.connection="",this.zone="Europe/Moscow",this.onChange=()=>{},this.text=null,this.textWrong=!1,this.copied="",this.folded=new Set,this.foldedOf="",this.chosenBefore=new Map}get words(){return C[this.ctx.language]}willUpdate(e){super.willUpdate(e);const t=j(this.mapping);if(this.foldedOf===t)return;this.foldedOf=t;const s=(B[t]??[]).filter(i=>!i.required&&!V(this.mapping,i.name));this.folded=new Set(s.length>Vt?s.map(i=>i.name):[])}async focusWrong(){await this.updateComplete;const e=this.renderRoot.querySelector('[aria-invalid="true"]');for(let t=e?.closest("details");t;t=t.parentElement?.closest("details")??null)t.open=!0;return M(this.renderRoot),!!e}async focusOn(e){await new Promise(requestAnimationFrame),await this.updateComplete,this.renderRoot.querySelector(e)?.focus()}set(e){this.text=null,this.onChange(e)}render(){const{words:e,mapping:t,arePaths:s}=this,i=j(t),n=this.problems.find(l=>l.pointer==="/mapping"||l.pointer==="/mapping/target"),a=_.includes(i)||!i?_:[..._,i],o=[...new Set([...this.columns,...s?wt(t):[]])];return c`<div class="stack">
      ${q(this.ctx,{id:"target",label:e.target,value:i,options:[...i?[]:[["",e.targetNone]],...a.map(l=>[l,Ht(this.ctx.language,l)])],problem:n,onInput:l=>this.choose(l)})}
      <p class="hint">${s?e.leadPaths:e.lead} ${s?h:this.columns.length?e.columnsKnown(this.ctx.locale.number(this.columns.length)):e.columnsUnknown}</p>
      <datalist id="columns">${o.map(l=>c`<option value=${l}></option>`)}</datalist>
      ${i?this.fields(i):c`<p class="muted">${e.noTarget}</p>`}
      ${i?c`${Wt(this.ctx,{conditions:bt(t),problem:I(this.problems,"/mapping/when"),set:l=>this.set(xt(this.mapping,l)),focus:l=>void this.focusOn(l)})} ${this.rest()}`:h}
      ${this.json()}
    </div>`}choose(e){const{mapping:t}=this;this.chosenBefore.set(j(t),t);const s=this.chosenBefore.get(e),i=vt(t,e);this.set(s?{...i,fields:{...E(s),...E(i)},...s.content?{content:s.content}:{}}:i)}fields(e){const{words:t,mapping:s}=this,i=B[e]??[],n=Object.keys(E(s)).filter(r=>!i.some(d=>d.name===r)),a=i.filter(r=>!this.folded.has(r.name)).sort((r,d)=>Number(d.required)-Number(r.required)),o=i.filter(r=>this.folded.has(r.name)),l=(r,d)=>this.row(e,r,d);return c`<div class="rules">
        ${l("externalId",!0)} ${e==="files"?l("content",!0):h} ${a.map(r=>l(r.name,r.required))} ${n.map(r=>l(r,!1))}
      </div>
      ${o.length?c`<details class="more">
            <summary>${$("chev","s")}${t.otherFields(this.ctx.locale.count(o.length,t.fieldForms))}</summary>
            <div class="rules">${o.map(r=>l(r.name,!1))}</div>
          </details>`:h}`}row(e,t,s){const i=t==="externalId"||t==="content";return Lt(this.ctx,{target:e,name:t,required:s,known:B[e]?.find(n=>n.name===t),rule:V(this.mapping,t),problem:I(this.problems,`/mapping/${i?"":"fields/"}${t}`),arePaths:this.arePaths,zone:this.zone,set:n=>this.set(Ot(this.mapping,t,n))})}rest(){const{words:e,mapping:t,ctx:s}=this,i=o=>Array.isArray(t[o])?t[o].map(String).join(`
`):"",n=o=>o.split(`
`).map(l=>l.trim()).filter(Boolean),a=G(t).length||t.decimalComma||t.source||i("assumed");return c`<details class="more" ?open=${!!a}>
      <summary>${$("chev","s")}${e.rest}</summary>
      <div class="stack conversion">
        ${F(s,{id:"missing",label:e.missing,hint:e.missingHint,mono:!0,value:G(t).join(`
`),problem:I(this.problems,"/mapping/missing"),onInput:o=>this.set(yt(this.mapping,n(o)))},2)}
        ${N(s,{id:"comma",label:e.decimalComma,hint:e.decimalCommaHint,checked:t.decimalComma===!0,problem:I(this.problems,"/mapping/decimalComma"),onChange:o=>this.set(o?{...this.mapping,decimalComma:!0}:k(this.mapping,"decimalComma"))})}
        ${v(s,{id:"source",label:e.source,hint:e.sourceHint(this.connection),mono:!0,value:typeof t.source=="string"?t.source:"",problem:I(this.problems,"/mapping/source"),onInput:o=>this.set(o?{...this.mapping,source:o}:k(this.mapping,"source"))})}
        ${F(s,{id:"assumed",label:e.assumed,hint:e.assumedHint,value:i("assumed"),problem:I(this.problems,"/mapping/assumed"),onInput:o=>this.set(o?{...this.mapping,assumed:o.split(`
`)}:k(this.mapping,"assumed"))},3)}
      </div>
    </details>`}json(){const{words:e}=this,t=this.text??JSON.stringify(this.mapping,null,2);return c`<details class="more json">
      <summary>${$("code","s")}${e.json}</summary>
      <div class="stack-s conversion">
        ${F(this.ctx,{id:"json",label:e.jsonLabel,hint:e.jsonHint,mono:!0,value:t,problem:this.textWrong?{pointer:"",reason:e.jsonWrong,fix:""}:void 0,onInput:s=>(this.text=s,this.textWrong=!1)},14)}
        <div class="btns">
          <button class="btn small" type="button" @click=${()=>void this.copy(t)}>${$("copy","s")}${e.copy}</button>
          <button class="btn small" type="button" @click=${()=>this.take(t)}>${$("check","s")}${e.take}</button>
          ${this.copied?c`<span class="small ok-text grow">${this.copied}</span>`:h}
        </div>
      </div>
    </details>`}async copy(e){const t=this.renderRoot.querySelector("#json"),s=await jt(e);s==="selected"&&t?.select(),this.copied=s==="copied"?this.ctx.kit.copied:this.ctx.kit.copyByHand,this.ctx.say(this.copied)}take(e){const t=kt(e);if(this.textWrong=t===null,!t)return void this.updateComplete.then(()=>M(this.renderRoot));this.foldedOf="\0",this.set(t),this.copied=this.words.taken,this.ctx.say(this.words.taken)}};f.styles=[et,st,ot];w([x({attribute:!1})],f.prototype,"mapping",2);w([x({attribute:!1})],f.prototype,"problems",2);w([x({attribute:!1})],f.prototype,"columns",2);w([x({type:Boolean})],f.prototype,"arePaths",2);w([x({attribute:!1})],f.prototype,"connection",2);w([x({attribute:!1})],f.prototype,"zone",2);w([x({attribute:!1})],f.prototype,"onChange",2);w([O()],f.prototype,"text",2);w([O()],f.prototype,"textWrong",2);w([O()],f.prototype,"copied",2);f=w([it("lms-mapping")],f);function Gt(e,t){const s=z[e.language],{typed:i,theirs:n}=t;return c`${Qt(e,t)}
    ${tt(e,{name:"deletions",label:s.deletions,values:["keep","follow"],words:s.deletionsOf,hints:t.mayFollow?s.deletionsHint:{...s.deletionsHint,follow:s.deletionsNot},disabled:t.mayFollow||i.deletions==="follow"?[]:["follow"],value:i.deletions,problem:t.wrongAt("/deletions"),theirs:n.deletions&&s.deletionsOf[n.deletions],set:a=>t.set({deletions:a})})}
    ${i.deletions==="follow"?v(e,{id:"max-deleted",label:s.maxDeleted,hint:s.maxDeletedHint,value:String(i.maxDeletedPercent),problem:t.wrongAt("/maxDeletedPercent"),theirs:n.maxDeletedPercent===void 0?void 0:String(n.maxDeletedPercent),onInput:a=>t.set({maxDeletedPercent:a.trim()})}):h}
    ${tt(e,{name:"on-error",label:s.onError,values:["skip","stop"],words:s.onErrorOf,hints:s.onErrorHint,disabled:[],value:i.onError,problem:t.wrongAt("/onError"),theirs:n.onError&&s.onErrorOf[n.onError],set:a=>t.set({onError:a})})}`}function Qt(e,t){const s=z[e.language],i=t.typed.watermark;if(!t.takesWatermark&&!i)return c`<p class="hint">${s.watermarkNot}</p>`;const n=o=>t.set({watermark:{...i,...o}}),a=t.theirs.watermark;return c`${N(e,{id:"watermark",label:s.watermark,hint:s.watermarkHint,checked:i!==null,problem:i?void 0:t.wrongAt("/watermark"),theirs:a===void 0?void 0:a?.column??"",onChange:o=>t.set({watermark:o?{column:"",type:"time",overlapSeconds:0,ordered:!1}:null})})}
    ${i?c`<div class="stack conversion">
          <div class="fields">
            <div class="field">
              <label for="mark-column">${s.watermarkColumn}</label>
              <input class="input mono" id="mark-column" list="known-columns" autocomplete="off" spellcheck="false" aria-invalid=${t.wrongAt("/watermark/column")?"true":h} aria-describedby="mark-hint mark-wrong" .value=${i.column} @input=${o=>n({column:o.target.value})} />
              <datalist id="known-columns">${t.columns.map(o=>c`<option value=${o}></option>`)}</datalist>
              <p class="hint" id="mark-hint">${s.watermarkColumnHint}</p>
              ${R(e,"mark-wrong",t.wrongAt("/watermark/column"))}
            </div>
            ${q(e,{id:"mark-type",label:s.watermarkType,value:i.type,options:Object.entries(s.watermarkTypes),problem:t.wrongAt("/watermark/type"),onInput:o=>n({type:o})})}
          </div>
          ${i.type==="text"?h:v(e,{id:"overlap",label:s.overlap,hint:s.overlapHint,value:String(i.overlapSeconds),problem:t.wrongAt("/watermark/overlapSeconds"),onInput:o=>n({overlapSeconds:o.trim()})})}
          ${N(e,{id:"ordered",label:s.ordered,hint:s.orderedHint,checked:i.ordered,onChange:o=>n({ordered:o})})}
        </div>`:h}`}function tt(e,t){return c`<fieldset class="radios" aria-describedby=${t.problem?`${t.name}-wrong`:h}>
    <legend class="sub">${t.label}</legend>
    ${t.values.map(s=>c`<div class="radio">
          <input type="radio" name=${t.name} id="${t.name}-${s}" value=${s} .checked=${t.value===s} ?disabled=${t.disabled.includes(s)} aria-describedby="${t.name}-${s}-h" aria-invalid=${t.problem&&t.value===s?"true":h} @change=${()=>t.set(s)} />
          <label for="${t.name}-${s}">${t.words[s]}</label>
          <p class="hint" id="${t.name}-${s}-h">${t.hints[s]}</p>
        </div>`)}
    ${R(e,`${t.name}-wrong`,t.problem)} ${t.theirs?c`<p class="theirs">${z[e.language].theirs(t.theirs)}</p>`:h}
  </fieldset>`}function Xt(e){const t=Zt(e),s=/^\s*(?:with\b[\s\S]*?\)\s*)?select\s+(?:distinct\s+|all\s+)?/i.exec(t);if(!s)return[];const i=[];let n=0,a="",o="";const l=()=>{const r=Yt(o);r&&i.push(r),o=""};for(let r=s[0].length;r<t.length;r+=1){const d=t[r];if(a)d===a&&(a="");else if(d==="'"||d==='"'||d==="`")a=d;else if(d==="(")n+=1;else if(d===")")n-=1;else if(n===0&&d===","){l();continue}else if(n===0&&/\s/.test(d)&&/^\s+(from|union|limit|where)\b/i.test(t.slice(r,r+12)))break;o+=d}return l(),[...new Set(i)]}function Yt(e){const t=e.trim(),i=(/(?:\bas\s+|\s)(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\]|([\p{L}_][\p{L}\p{N}_$]*))$/iu.exec(t)??/^(?:[\p{L}\p{N}_$"`]+\.)*(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\]|([\p{L}_][\p{L}\p{N}_$]*))$/u.exec(t))?.slice(1).find(Boolean)??"";return/^(end|null|true|false)$/i.test(i)?"":i}function Zt(e){return e.replace(/--[^\n]*/g," ").replace(/\/\*[\s\S]*?\*\//g," ")}var te=Object.defineProperty,ee=Object.getOwnPropertyDescriptor,S=(e,t,s,i)=>{for(var n=i>1?void 0:i?ee(t,s):t,a=e.length-1,o;a>=0;a--)(o=e[a])&&(n=(i?o(t,s,n):o(n))||n);return i&&n&&te(t,s,n),n};let y=class extends ut{constructor(){super(Q()),this.connection="",this.columns=[],this.ownCron=!1,this.nameTyped=!1,this.columnsOf="",this.tried=null,this.tryWhenLoaded=!1,this.place="",new ht(this,()=>!this.forbidden()&&this.data!==null&&!this.isSaved(this.data.kind),()=>this.confirm.ask(this.words.leaveTitle,this.words.leaveText,this.words.leave))}isSaved(e){return JSON.stringify(L(this.typed,e))===JSON.stringify(L(this.known,e))}get words(){return z[this.ctx.language]}get isNew(){return!this.path}get resource(){return Ft(this.organization,this.connection,this.path)}key(){return`${super.key()}|${this.connection}`}forbidden(){return qt(this.ctx.session,this.organization,"organization-admin")?"":this.shell.forbiddenRole(this.shell.roles["organization-admin"])}async load(e){const{api:t}=this.ctx,s=Y(this.organization,this.connection),i=`${s}/routes/${this.path}`,n=i===this.place?{known:this.known,typed:this.typed}:null;this.place=i;const[a,o,l]=await Promise.all([t.get(s,{signal:e}),K(t,"/api/v1/source-kinds",{signal:e}),K(t,`${s}/routes`,{signal:e}),this.read(e)]);return this.isNew&&(this.known=this.typed=Q()),n?this.typed=ct(n.known,this.known,n.typed):(this.theirs={},this.nameTyped=this.ownCron=!1),this.problem=null,this.columnsOf!==this.path&&(this.columns=[]),n||(this.tried=null),this.tryWhenLoaded&&this.showTrial(),this.tryWhenLoaded=!1,{connection:a.data,kind:o.find(r=>r.name===a.data.kind)??null,names:l.map(r=>r.name)}}wayHere(){return Ct(this.ctx,this.organization,this.connection,this.data?.connection.title,this.isNew?void 0:[this.path,this.known.title],this.isNew?this.words.newTitle:this.shell.edit)}heading(){return this.isNew?this.words.newTitle:this.words.editTitle(this.known.title||this.path)}lead(){return c`<p class="lead">${this.words.lead}</p>`}wrongAt(e){return I(A(this.problem),e)}draw(e){const{words:t,typed:s}=this,i=Rt(e.connection.kind);return c`<lms-confirm .ctx=${this.ctx}></lms-confirm>
      ${this.conflictNote(t.conflictTitle,t.conflict)}
      ${this.theirs.mapping?c`<div class="note warn">${$("alert")}<div><p>${t.mappingTheirs}</p><pre class="raw log">${JSON.stringify(this.theirs.mapping,null,2)}</pre></div></div>`:h}
      <form class="panel stay" @submit=${n=>void this.submit(n,!1)} @keyup=${n=>n.key==="Tab"&&this.uncover(n)} novalidate>
        <div class="panel-body alone form wide">
          <fieldset class="narrow"><legend>${t.main}</legend>${this.main(e,i)}</fieldset>
          <hr class="rule" />
          <fieldset class="settings"><legend>${t.settings}</legend>${this.settings(e)}</fieldset>
          <hr class="rule" />
          <section aria-labelledby="mapping-title">
            <h2 id="mapping-title">${C[this.ctx.language].title}</h2>
            <lms-mapping
              .ctx=${this.ctx}
              .mapping=${s.mapping}
              .problems=${this.mappingProblems(e.kind)}
              .columns=${this.columnsKnown(e)}
              .arePaths=${D(e.kind,s.settings)}
              .connection=${this.connection}
              .zone=${this.ctx.locale.zone}
              .onChange=${n=>this.setMapping(n)}
            ></lms-mapping>
          </section>
          <hr class="rule" />
          <fieldset class="narrow"><legend>${t.when}</legend>
            ${Gt(this.ctx,{typed:s,theirs:this.theirs,columns:this.columnsKnown(e),takesWatermark:e.kind?.takesWatermark??!0,mayFollow:e.connection.kind!=="listen",wrongAt:n=>this.wrongAt(n),set:n=>this.set(n)})}
            ${this.schedule(e,i)}
          </fieldset>
          ${this.beside(e)} ${this.refusal()}
          <div class="form-foot stuck">
            <button class="btn primary" type="submit" aria-busy=${this.busy?"true":h}>${this.isNew?t.create:t.save}</button>
            <button class="btn" type="button" @click=${n=>void this.submit(n,!0)}>${$("play","s")}${t.saveAndTry}</button>
            <a class="btn quiet" href=${this.isNew?U("org",this.organization,"connections",this.connection):this.pageOf(this.path)}>${this.ctx.kit.cancel}</a>
            ${this.wrongFields?c`<span class="status bad-text">${this.shell.wrongFields(this.ctx.locale.count(this.wrongFields,this.shell.fieldForms))}</span>`:this.isNew?h:c`<span class="status">${t.againFull}</span>`}
          </div>
        </div>
      </form>
      ${this.isNew?h:c`<lms-route-trial .ctx=${this.ctx} .resource=${this.resource} .kind=${e.connection.kind} .target=${j(s.mapping)} .arePaths=${D(e.kind,s.settings)} .saved=${this.isSaved(e.kind)} .onTrial=${n=>this.takeTrial(n,e.kind)}></lms-route-trial>`}`}uncover(e){const t=e.composedPath()[0],s=()=>{const i=this.renderRoot.querySelector(".stuck");if(!i||i.contains(t)||!t.matches(":focus")||getComputedStyle(i).position!=="sticky")return;const{bottom:n,height:a}=t.getBoundingClientRect(),o=n-i.getBoundingClientRect().top;o>0&&a<window.innerHeight/2&&window.scrollBy(0,o+12)};requestAnimationFrame(s),setTimeout(s,150)}pageOf(e){return U("org",this.organization,"connections",this.connection,"routes",e)}main(e,t){const{words:s,typed:i,theirs:n}=this,a=(o,l,r)=>v(this.ctx,{id:o,label:l,hint:r,value:i[o],mono:o==="prefix",problem:this.wrongAt(`/${o}`),theirs:n[o],onInput:d=>this.set({[o]:d})});return c`${a("title",s.title,s.titleHint)}
      ${this.isNew?v(this.ctx,{id:"name",label:s.name,hint:s.nameHint,mono:!0,value:this.nameNow(e),problem:this.wrongAt("/name"),onInput:o=>{this.nameTyped=!0,this.set({name:o})}}):h}
      ${t?a("prefix",s.prefix,e.connection.kind==="listen"?s.prefixListen:s.prefixFiles):h}
      ${v(this.ctx,{id:"position",label:s.position,hint:s.positionHint,value:i.position===null?"":String(i.position),problem:this.wrongAt("/position"),theirs:n.position===void 0?void 0:H(n.position),onInput:o=>this.set({position:o.trim()})})}
      ${N(this.ctx,{id:"enabled",label:s.enabled,hint:s.enabledHint,checked:i.enabled,onChange:o=>this.set({enabled:o})})}`}nameNow(e){return this.nameTyped?this.typed.name:St(this.typed,e.names)}settings(e){const{words:t,typed:s}=this,{kind:i}=e;if(!i)return c`<p class="hint">${t.kindUnknown(e.connection.kind)}</p>
        ${F(this.ctx,{id:"settings",label:t.settings,mono:!0,value:JSON.stringify(s.settings,null,2),readOnly:!0,problem:this.wrongAt("/settings"),onInput:()=>{}},6)}`;const n=i.route.filter(r=>Pt(i.name,r,i.route,s.settings)),a=r=>Tt(this.ctx,r,{kind:i.name,settings:s.settings,problem:d=>this.wrongAt(`/settings/${d}`),theirs:d=>{const u=this.theirs.settings;return u&&H(u[d])!==H(s.settings[d])?H(u[d]):void 0},onInput:(d,u)=>this.set({settings:{...this.typed.settings,[d]:u}})}),o=n.filter(r=>X(i.name,r)),l=o.some(r=>this.wrongAt(`/settings/${r.name}`)||H(this.known.settings[r.name]));return c`${n.filter(r=>!X(i.name,r)).map(a)}
      ${o.length?c`<details class="more" ?open=${l}><summary>${$("chev","s")}${t.moreSettings}</summary><div class="stack conversion">${o.map(a)}</div></details>`:h}`}schedule(e,t){const{words:s,typed:i}=this;if(t&&!i.schedule)return c`<p class="hint">${s.scheduleNot}</p>`;const{schedule:n}=e.connection;return Nt(this.ctx,{schedule:i.schedule,ownCron:this.ownCron,hint:s.scheduleHint(n?s.scheduleOfConnection(At(this.ctx,n.cron)):s.noScheduleOfConnection),problem:a=>a?this.wrongAt(`/schedule/${a}`):A(this.problem).find(o=>o.pointer==="/schedule"),theirs:this.theirs.schedule===void 0?void 0:this.theirs.schedule?.cron??"",set:(a,o)=>{this.ownCron=o,this.set({schedule:a})}})}beside({kind:e}){const t=["/title","/name","/prefix","/position","/schedule","/watermark","/onError","/deletions","/maxDeletedPercent","/mapping/target","/mapping/externalId","/mapping/content","/mapping/fields/","/mapping/when","/mapping/missing","/mapping/decimalComma","/mapping/source","/mapping/assumed",...e?e.route.map(i=>`/settings/${i.name}`):["/settings"]],s=A(this.problem).filter(({pointer:i})=>i!=="/mapping"&&!t.some(n=>i.startsWith(n)));return s.length===0?h:c`<div class="note bad" role="alert">${$("excl")}<div><h2 class="note-head">${this.words.otherWrong}</h2>${s.map(i=>c`<p><code>${i.pointer}</code> ${i.reason}. ${i.fix}</p>`)}</div></div>`}columnsKnown({kind:e}){const t=e?.name==="sql"?Xt(H(this.typed.settings.query)):[];return[...new Set([...t,...this.columns])]}setMapping(e){this.set({mapping:e})}takeTrial(e,t){this.tried=e,!(!e.columns.length||D(t,this.typed.settings))&&(this.columns=e.columns,this.columnsOf=this.path)}mappingProblems(e){return[...A(this.problem),...this.tried&&this.isSaved(e)?It(this.tried.diagnoses,this.typed.mapping):[]]}async submit(e,t){if(await this.save(e,()=>this.send(t)),!(!this.wrongFields||this.shadowRoot?.activeElement?.getAttribute("aria-invalid")==="true")){for(let s=this.renderRoot.querySelector('[aria-invalid="true"]')?.closest("details");s;s=null)s.open=!0;M(this.renderRoot),this.renderRoot.querySelector('[aria-invalid="true"]')||await this.renderRoot.querySelector("lms-mapping")?.focusWrong()}}async send(e){const{kind:t}=this.data,s=L(this.typed,t),{data:i,etag:n}=this.isNew?await this.ctx.api.post(`${Y(this.organization,this.connection)}/routes`,{...s,name:this.nameNow(this.data)}):await this.ctx.api.put(this.resource,s,{ifMatch:this.etag});if(this.ctx.say(this.words.savedText),this.known=this.typed=i,this.etag=n,this.theirs={},!e)return void this.ctx.go(this.pageOf(i.name));if(!this.isNew)return void this.showTrial();this.tryWhenLoaded=!0,this.ctx.go(`${this.pageOf(i.name)}/edit`)}async showTrial(){await new Promise(requestAnimationFrame),await this.updateComplete,await this.renderRoot.querySelector("lms-route-trial")?.begin()}};y.styles=[et,st,ot];S([x({attribute:!1})],y.prototype,"connection",2);S([O()],y.prototype,"columns",2);S([O()],y.prototype,"ownCron",2);S([O()],y.prototype,"nameTyped",2);S([O()],y.prototype,"columnsOf",2);S([O()],y.prototype,"tried",2);S([dt("lms-confirm")],y.prototype,"confirm",2);y=S([it("lms-route-edit")],y);export{y as RouteEdit};
