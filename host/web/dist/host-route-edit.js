import{a as h,b as d,j as $,u as q,f as y,x as T,T as et,U as st,F as x,d as O,S as lt,c as M,t as it,e as J,P as dt,h as K,I as ct}from"./shell.js";import"./host-confirm.js";import{L as ht}from"./host-leaving.js";import{F as ut}from"./host-form-view.js";import{e as R,d as N,a as pt,b as V}from"./host-edit-texts.js";import{w as W,a as I,t as A,p as j,b as mt,s as gt}from"./host-fields.js";import{g as $t,b as ft,h as bt,w as v,i as nt,j as wt,m as z,e as P,k as vt,f as ot,t as F,d as _,r as G,l as B,n as yt,c as kt,o as xt,a as E,p as Q,q as Ot,s as Ct,u as St,v as Pt}from"./host-mapping.js";import{m as C,f as at,c as U,k as It}from"./host-trial.js";import{c as Tt}from"./host-clipboard.js";import{r as Ht,m as Nt,d as X,i as jt,t as At}from"./host-run-view.js";import{b as Y,s as L,r as Ft,i as D,n as qt}from"./host-route-form.js";import{a as Rt,b as Wt}from"./host-schedule-field.js";import"./host-form-texts.js";import"./host-actor.js";function zt(e,t){const s=C[e.language],{conditions:i}=t,n=(a,o)=>t.set(i.map((l,r)=>r===a?o:l));return d`<fieldset class="conditions" aria-describedby=${t.problem?"when-wrong":h}>
    <legend class="sub">${s.conditions}</legend>
    <p class="hint">${i.length?s.conditionsHint:s.conditionsNone}</p>
    ${i.map((a,o)=>{const l=_t(a);return d`<div class="condition">
        <input class="input mono" list="columns" autocomplete="off" spellcheck="false" aria-label=${s.conditionColumn(o+1)} placeholder=${s.placeholders.column} .value=${a.column??""} @input=${r=>n(o,{...a,column:r.target.value})} />
        <span class="select">
          <select class="input" aria-label=${s.conditionHow(o+1)} @change=${r=>n(o,Z(a.column,r.target.value,a.in??a.notIn??[]))}>
            ${["in","notIn","missing","given"].map(r=>d`<option value=${r} ?selected=${r===l} .selected=${r===l}>${s.conditionIs[r]}</option>`)}
          </select>
          ${$("chevd","s")}
        </span>
        ${l==="in"||l==="notIn"?d`<input class="input mono" autocomplete="off" spellcheck="false" aria-label=${s.conditionValues(o+1)} placeholder=${s.valuesHint} .value=${(a[l]??[]).join("; ")} @change=${r=>n(o,Z(a.column,l,Bt(r.target.value)))} />`:d`<span></span>`}
        <button class="btn icon quiet" type="button" aria-label=${s.removeCondition(o+1)} @click=${()=>(t.set(i.filter((r,c)=>c!==o)),t.focus("#add-condition"))}>${$("x","s")}</button>
      </div>`})}
    ${W(e,"when-wrong",t.problem)}
    <div><button class="btn small" id="add-condition" type="button" @click=${()=>(t.set([...i,{column:"",in:[]}]),t.focus(".condition:nth-last-of-type(2) > .input"))}>${$("plus","s")}${s.addCondition}</button></div>
  </fieldset>`}function _t(e){return e.in?"in":e.notIn?"notIn":e.missing===!1?"given":"missing"}function Z(e,t,s){return t==="in"||t==="notIn"?{column:e,[t]:s}:{column:e,missing:t==="missing"}}function Bt(e){return e.trim()===""?[]:e.split(";").map(t=>t.trim())}function Et(e,t,s,i){const n=C[e.language],a=i.rule,{date:o}=a,l=$t(o),r=!!ft(i.target,"flow"),c=["exact","clock","dotted","unix","since","flow","column"].filter(p=>p!=="flow"||r||l==="flow"),u=p=>i.set(p?{...a,date:p}:v(a,"date"));return d`<div class="date-rows">
    ${q(e,{id:`${t}-date`,label:n.date,value:l,options:c.map(p=>[p,n.dates[p]]),onInput:p=>u(bt(p,o,i.zone))})}
    ${o&&l!=="unix"?d`<div class="fields">
          ${l==="since"?y(e,{id:`${t}-base`,label:n.base,type:"date",value:String(o.base??""),onInput:p=>u({...o,base:p})}):h}
          ${l!=="clock"&&l!=="dotted"?q(e,{id:`${t}-unit`,label:n.unit,value:o.unit??"days",options:Object.entries(n.units),onInput:p=>u({...o,unit:p})}):h}
          ${y(e,{id:`${t}-zone`,label:n.zone,mono:!0,value:o.zone??"",placeholder:"UTC",onInput:p=>u(p?{...o,zone:p}:v(o,"zone"))})}
        </div>`:h}
    ${o&&l==="column"?Lt(e,t,s,o,u):h}
  </div>`}function Lt(e,t,s,i,n){const a=C[e.language],o=i.base;if(!nt(o))return h;const{column:l,map:r}=o;return d`${y(e,{id:`${t}-base-column`,label:a.baseColumn,mono:!0,value:l,onInput:c=>n({...i,base:{column:c,map:r}})})}
    <lms-pairs .ctx=${e} .label=${`${a.base}: ${s}`} .words=${a.basePairs} .value=${r} .onChange=${c=>n({...i,base:{column:l,map:c}})}></lms-pairs>`}function Dt(e,t){const s=t.required&&!t.rule?{...t,rule:{column:""}}:t,i=C[e.language],{name:n,known:a,rule:o,problem:l}=s,{label:r,meaning:c}=at(e.language,s.target,n,a?.to),u=`rule-${n}`,p=z(o),H=Mt(s),m=w=>w==="column"&&s.arePaths?i.path:i.modes[w]??w,g=!a&&n!=="externalId"&&n!=="content";return d`<div class="map-row ${p==="none"?"unset":""}" role="group" aria-labelledby="${u}-l">
    <div class="rule-name">
      <p id="${u}-l"><span class="strong">${r}</span> <code>${n}</code>${s.required?d` <span class="chip">${i.required}</span>`:h}</p>
      ${c||g?d`<p class="hint" id="${u}-h">${g?i.unknownField:c}</p>`:h}
    </div>
    <div class="rule-how">
      <span class="select">
        <select class="input" id="${u}-mode" aria-label=${i.from(r)} aria-invalid=${l&&p==="none"?"true":h} aria-describedby=${[c||g?`${u}-h`:"",l?`${u}-wrong`:""].filter(Boolean).join(" ")||h} @change=${w=>s.set(wt(o,w.target.value))}>
          ${H.map(w=>d`<option value=${w} ?selected=${w===p} .selected=${w===p}>${m(w)}</option>`)}
        </select>
        ${$("chevd","s")}
      </span>
      ${Ut(e,s,u,r)} ${W(e,`${u}-wrong`,l)}
      ${a?.type==="time"&&(p==="column"||p==="template")?Et(e,u,r,s):h} ${Jt(e,s,u)}
    </div>
  </div>`}function Mt({name:e,target:t,required:s,rule:i}){const n=[...s?[]:["none"],"column","template"];e!=="externalId"&&e!=="content"&&n.push("constant"),t==="results"&&e==="success"&&n.push("derive");const a=z(i);return n.includes(a)?n:[...n,a]}function Ut(e,t,s,i){const n=C[e.language],{rule:a,known:o,problem:l}=t,r=z(a);if(!a||r==="none")return h;if(r==="derive")return d`<p class="hint">${n.derived}</p>`;const c=r==="column"&&t.arePaths,u=`${c?n.valueOf.path:n.valueOf[r]??""}: ${i}`,p=[l?`${s}-wrong`:"",r==="template"&&!P(a).includes("{")?`${s}-t`:""].filter(Boolean).join(" ")||h,H=g=>t.set(vt(a,g)),m=rt(o);return r==="constant"&&m?d`<span class="select">
      <select class="input" id="${s}-value" aria-label=${u} aria-invalid=${l?"true":h} aria-describedby=${p} @change=${g=>H(g.target.value)}>
        ${[...m.includes(P(a))?[]:[P(a)],...m].map(g=>d`<option value=${g} ?selected=${g===P(a)} .selected=${g===P(a)}>${g?U(e.language,g):n.choose}</option>`)}
      </select>
      ${$("chevd","s")}
    </span>`:d`<input class="input mono" id="${s}-value" aria-label=${u} placeholder=${c?n.placeholders.path:n.placeholders[r]??""} list=${r==="column"?"columns":h} autocomplete="off" spellcheck="false" autocapitalize="none" aria-invalid=${l?"true":h} aria-describedby=${p} .value=${P(a)} @input=${g=>H(g.target.value)} />
    ${r==="template"&&!P(a).includes("{")?d`<p class="hint" id="${s}-t">${n.templateHint}</p>`:h}`}function rt(e){return e?.choices??(e?.type==="bool"?["true","false"]:void 0)}function Jt(e,t,s){const i=C[e.language],{rule:n,known:a,name:o}=t,l=z(n);if(!n||l!=="column"&&l!=="template")return h;if(o==="content")return T(e,{id:`${s}-immutable`,label:i.immutable,hint:i.immutableHint,checked:n.immutable===!0,onChange:m=>t.set(m?{...n,immutable:!0}:v(n,"immutable"))});const r=rt(a),c=nt(n.map)?n.map:{},u=[Object.keys(c).length?i.hasMap:"",n.lower?i.hasLower:"",n.optional?i.hasOptional:""].filter(Boolean),p=m=>t.set(Object.keys(m).length?{...n,map:m}:v(n,"map","otherwise")),H=!a||a.type==="text"||a.type==="list"||a.type==="ref";return d`<details class="more">
    <summary>${$("chev","s")}${i.more}${u.length?d`: ${u.join(", ")}`:h}<span class="sr"> ${at(e.language,t.target,o).label}</span></summary>
    <div class="stack-s conversion">
      <div class="field">
        <p class="label">${i.map}</p>
        <p class="hint">${i.mapHint}${r?d` ${i.mapHere(r.map(m=>U(e.language,m)===m?m:`${m} — ${U(e.language,m)}`).join(", "))}`:h}</p>
        <lms-pairs .ctx=${e} .label=${i.map} .words=${i.mapPairs} .value=${c} .suggestions=${r??[]} .emptyIsNull=${!0} .onChange=${p}></lms-pairs>
      </div>
      ${Object.keys(c).length?y(e,{id:`${s}-otherwise`,label:i.otherwise,hint:i.otherwiseHint,mono:!0,value:n.otherwise??"",onInput:m=>t.set(m?{...n,otherwise:m}:v(n,"otherwise"))}):h}
      ${o==="externalId"?h:T(e,{id:`${s}-optional`,label:i.optional,hint:i.optionalHint,checked:n.optional===!0,onChange:m=>t.set(m?{...n,optional:!0}:v(n,"optional"))})}
      ${H||n.lower?T(e,{id:`${s}-lower`,label:i.lower,hint:i.lowerHint,checked:n.lower===!0,onChange:m=>t.set(m?{...n,lower:!0}:v(n,"lower"))}):h}
    </div>
  </details>`}var Kt=Object.defineProperty,Vt=Object.getOwnPropertyDescriptor,b=(e,t,s,i)=>{for(var n=i>1?void 0:i?Vt(t,s):t,a=e.length-1,o;a>=0;a--)(o=e[a])&&(n=(i?o(t,s,n):o(n))||n);return i&&n&&Kt(t,s,n),n};const Gt=8;let f=class extends lt{constructor(){super(...arguments),this.mapping={},this.problems=[],this.columns=[],this.arePaths=!1,this.connection="",this.zone="Europe/Moscow",this.onChange=()=>{},this.text=null,this.textWrong=!1,this.copied="",this.folded=new Set,this.foldedOf="",this.chosenBefore=new Map}get words(){return C[this.ctx.language]}willUpdate(e){super.willUpdate(e);const t=F(this.mapping);if(this.foldedOf===t)return;this.foldedOf=t;const s=(_[t]??[]).filter(i=>!i.required&&!G(this.mapping,i.name));this.folded=new Set(s.length>Gt?s.map(i=>i.name):[])}async focusWrong(){await this.updateComplete;const e=this.renderRoot.querySelector('[aria-invalid="true"]');for(let t=e?.closest("details");t;t=t.parentElement?.closest("details")??null)t.open=!0;return M(this.renderRoot),!!e}async focusOn(e){await new Promise(requestAnimationFrame),await this.updateComplete,this.renderRoot.querySelector(e)?.focus()}set(e){this.text=null,this.onChange(e)}render(){const{words:e,mapping:t,arePaths:s}=this,i=F(t),n=this.problems.find(l=>l.pointer==="/mapping"||l.pointer==="/mapping/target"),a=B.includes(i)||!i?B:[...B,i],o=[...new Set([...this.columns,...s?yt(t):[]])];return d`<div class="stack">
      ${q(this.ctx,{id:"target",label:e.target,value:i,options:[...i?[]:[["",e.targetNone]],...a.map(l=>[l,It(this.ctx.language,l)])],problem:n,onInput:l=>this.choose(l)})}
      <p class="hint">${s?e.leadPaths:e.lead} ${s?h:this.columns.length?e.columnsKnown(this.ctx.locale.number(this.columns.length)):e.columnsUnknown}</p>
      <datalist id="columns">${o.map(l=>d`<option value=${l}></option>`)}</datalist>
      ${i?this.fields(i):d`<p class="muted">${e.noTarget}</p>`}
      ${i?d`${zt(this.ctx,{conditions:kt(t),problem:I(this.problems,"/mapping/when"),set:l=>this.set(St(this.mapping,l)),focus:l=>void this.focusOn(l)})} ${this.rest()}`:h}
      ${this.json()}
    </div>`}choose(e){const{mapping:t}=this;this.chosenBefore.set(F(t),t);const s=this.chosenBefore.get(e),i=xt(t,e);this.set(s?{...i,fields:{...E(s),...E(i)},...s.content?{content:s.content}:{}}:i)}fields(e){const{words:t,mapping:s}=this,i=_[e]??[],n=Object.keys(E(s)).filter(r=>!i.some(c=>c.name===r)),a=i.filter(r=>!this.folded.has(r.name)).sort((r,c)=>Number(c.required)-Number(r.required)),o=i.filter(r=>this.folded.has(r.name)),l=(r,c)=>this.row(e,r,c);return d`<div class="rules">
        ${l("externalId",!0)} ${e==="files"?l("content",!0):h} ${a.map(r=>l(r.name,r.required))} ${n.map(r=>l(r,!1))}
      </div>
      ${o.length?d`<details class="more">
            <summary>${$("chev","s")}${t.otherFields(this.ctx.locale.count(o.length,t.fieldForms))}</summary>
            <div class="rules">${o.map(r=>l(r.name,!1))}</div>
          </details>`:h}`}row(e,t,s){const i=t==="externalId"||t==="content";return Dt(this.ctx,{target:e,name:t,required:s,known:_[e]?.find(n=>n.name===t),rule:G(this.mapping,t),problem:I(this.problems,`/mapping/${i?"":"fields/"}${t}`),arePaths:this.arePaths,zone:this.zone,set:n=>this.set(Pt(this.mapping,t,n))})}rest(){const{words:e,mapping:t,ctx:s}=this,i=o=>Array.isArray(t[o])?t[o].map(String).join(`
`):"",n=o=>o.split(`
`).map(l=>l.trim()).filter(Boolean),a=Q(t).length||t.decimalComma||t.source||i("assumed");return d`<details class="more" ?open=${!!a}>
      <summary>${$("chev","s")}${e.rest}</summary>
      <div class="stack conversion">
        ${A(s,{id:"missing",label:e.missing,hint:e.missingHint,mono:!0,value:Q(t).join(`
`),problem:I(this.problems,"/mapping/missing"),onInput:o=>this.set(Ot(this.mapping,n(o)))},2)}
        ${T(s,{id:"comma",label:e.decimalComma,hint:e.decimalCommaHint,checked:t.decimalComma===!0,problem:I(this.problems,"/mapping/decimalComma"),onChange:o=>this.set(o?{...this.mapping,decimalComma:!0}:v(this.mapping,"decimalComma"))})}
        ${y(s,{id:"source",label:e.source,hint:e.sourceHint(this.connection),mono:!0,value:typeof t.source=="string"?t.source:"",problem:I(this.problems,"/mapping/source"),onInput:o=>this.set(o?{...this.mapping,source:o}:v(this.mapping,"source"))})}
        ${A(s,{id:"assumed",label:e.assumed,hint:e.assumedHint,value:i("assumed"),problem:I(this.problems,"/mapping/assumed"),onInput:o=>this.set(o?{...this.mapping,assumed:o.split(`
`)}:v(this.mapping,"assumed"))},3)}
      </div>
    </details>`}json(){const{words:e}=this,t=this.text??JSON.stringify(this.mapping,null,2);return d`<details class="more json">
      <summary>${$("code","s")}${e.json}</summary>
      <div class="stack-s conversion">
        ${A(this.ctx,{id:"json",label:e.jsonLabel,hint:e.jsonHint,mono:!0,value:t,problem:this.textWrong?{pointer:"",reason:e.jsonWrong,fix:""}:void 0,onInput:s=>(this.text=s,this.textWrong=!1)},14)}
        <div class="btns">
          <button class="btn small" type="button" @click=${()=>void this.copy(t)}>${$("copy","s")}${e.copy}</button>
          <button class="btn small" type="button" @click=${()=>this.take(t)}>${$("check","s")}${e.take}</button>
          ${this.copied?d`<span class="small ok-text grow">${this.copied}</span>`:h}
        </div>
      </div>
    </details>`}async copy(e){const t=this.renderRoot.querySelector("#json"),s=await Tt(e);s==="selected"&&t?.select(),this.copied=s==="copied"?this.ctx.kit.copied:this.ctx.kit.copyByHand,this.ctx.say(this.copied)}take(e){const t=Ct(e);if(this.textWrong=t===null,!t)return void this.updateComplete.then(()=>M(this.renderRoot));this.foldedOf="\0",this.set(t),this.copied=this.words.taken,this.ctx.say(this.words.taken)}};f.styles=[et,st,ot];b([x({attribute:!1})],f.prototype,"mapping",2);b([x({attribute:!1})],f.prototype,"problems",2);b([x({attribute:!1})],f.prototype,"columns",2);b([x({type:Boolean})],f.prototype,"arePaths",2);b([x({attribute:!1})],f.prototype,"connection",2);b([x({attribute:!1})],f.prototype,"zone",2);b([x({attribute:!1})],f.prototype,"onChange",2);b([O()],f.prototype,"text",2);b([O()],f.prototype,"textWrong",2);b([O()],f.prototype,"copied",2);f=b([it("lms-mapping")],f);function Qt(e,t){const s=R[e.language],{typed:i,theirs:n}=t;return d`${Xt(e,t)}
    ${tt(e,{name:"deletions",label:s.deletions,values:["keep","follow"],words:s.deletionsOf,hints:t.mayFollow?s.deletionsHint:{...s.deletionsHint,follow:s.deletionsNot},disabled:t.mayFollow||i.deletions==="follow"?[]:["follow"],value:i.deletions,problem:t.wrongAt("/deletions"),theirs:n.deletions&&s.deletionsOf[n.deletions],set:a=>t.set({deletions:a})})}
    ${i.deletions==="follow"?y(e,{id:"max-deleted",label:s.maxDeleted,hint:s.maxDeletedHint,value:String(i.maxDeletedPercent),problem:t.wrongAt("/maxDeletedPercent"),theirs:n.maxDeletedPercent===void 0?void 0:String(n.maxDeletedPercent),onInput:a=>t.set({maxDeletedPercent:a.trim()})}):h}
    ${tt(e,{name:"on-error",label:s.onError,values:["skip","stop"],words:s.onErrorOf,hints:s.onErrorHint,disabled:[],value:i.onError,problem:t.wrongAt("/onError"),theirs:n.onError&&s.onErrorOf[n.onError],set:a=>t.set({onError:a})})}`}function Xt(e,t){const s=R[e.language],i=t.typed.watermark;if(!t.takesWatermark&&!i)return d`<p class="hint">${s.watermarkNot}</p>`;const n=o=>t.set({watermark:{...i,...o}}),a=t.theirs.watermark;return d`${T(e,{id:"watermark",label:s.watermark,hint:s.watermarkHint,checked:i!==null,problem:i?void 0:t.wrongAt("/watermark"),theirs:a===void 0?void 0:a?.column??"",onChange:o=>t.set({watermark:o?{column:"",type:"time",overlapSeconds:0,ordered:!1}:null})})}
    ${i?d`<div class="stack conversion">
          <div class="fields">
            <div class="field">
              <label for="mark-column">${s.watermarkColumn}</label>
              <input class="input mono" id="mark-column" list="known-columns" autocomplete="off" spellcheck="false" aria-invalid=${t.wrongAt("/watermark/column")?"true":h} aria-describedby="mark-hint mark-wrong" .value=${i.column} @input=${o=>n({column:o.target.value})} />
              <datalist id="known-columns">${t.columns.map(o=>d`<option value=${o}></option>`)}</datalist>
              <p class="hint" id="mark-hint">${s.watermarkColumnHint}</p>
              ${W(e,"mark-wrong",t.wrongAt("/watermark/column"))}
            </div>
            ${q(e,{id:"mark-type",label:s.watermarkType,value:i.type,options:Object.entries(s.watermarkTypes),problem:t.wrongAt("/watermark/type"),onInput:o=>n({type:o})})}
          </div>
          ${i.type==="text"?h:y(e,{id:"overlap",label:s.overlap,hint:s.overlapHint,value:String(i.overlapSeconds),problem:t.wrongAt("/watermark/overlapSeconds"),onInput:o=>n({overlapSeconds:o.trim()})})}
          ${T(e,{id:"ordered",label:s.ordered,hint:s.orderedHint,checked:i.ordered,onChange:o=>n({ordered:o})})}
        </div>`:h}`}function tt(e,t){return d`<fieldset class="radios" aria-describedby=${t.problem?`${t.name}-wrong`:h}>
    <legend class="sub">${t.label}</legend>
    ${t.values.map(s=>d`<div class="radio">
          <input type="radio" name=${t.name} id="${t.name}-${s}" value=${s} .checked=${t.value===s} ?disabled=${t.disabled.includes(s)} aria-describedby="${t.name}-${s}-h" aria-invalid=${t.problem&&t.value===s?"true":h} @change=${()=>t.set(s)} />
          <label for="${t.name}-${s}">${t.words[s]}</label>
          <p class="hint" id="${t.name}-${s}-h">${t.hints[s]}</p>
        </div>`)}
    ${W(e,`${t.name}-wrong`,t.problem)} ${t.theirs?d`<p class="theirs">${R[e.language].theirs(t.theirs)}</p>`:h}
  </fieldset>`}function Yt(e){const t=te(e),s=/^\s*(?:with\b[\s\S]*?\)\s*)?select\s+(?:distinct\s+|all\s+)?/i.exec(t);if(!s)return[];const i=[];let n=0,a="",o="";const l=()=>{const r=Zt(o);r&&i.push(r),o=""};for(let r=s[0].length;r<t.length;r+=1){const c=t[r];if(a)c===a&&(a="");else if(c==="'"||c==='"'||c==="`")a=c;else if(c==="(")n+=1;else if(c===")")n-=1;else if(n===0&&c===","){l();continue}else if(n===0&&/\s/.test(c)&&/^\s+(from|union|limit|where)\b/i.test(t.slice(r,r+12)))break;o+=c}return l(),[...new Set(i)]}function Zt(e){const t=e.trim(),i=(/(?:\bas\s+|\s)(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\]|([\p{L}_][\p{L}\p{N}_$]*))$/iu.exec(t)??/^(?:[\p{L}\p{N}_$"`]+\.)*(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\]|([\p{L}_][\p{L}\p{N}_$]*))$/u.exec(t))?.slice(1).find(Boolean)??"";return/^(end|null|true|false)$/i.test(i)?"":i}function te(e){return e.replace(/--[^\n]*/g," ").replace(/\/\*[\s\S]*?\*\//g," ")}var ee=Object.defineProperty,se=Object.getOwnPropertyDescriptor,S=(e,t,s,i)=>{for(var n=i>1?void 0:i?se(t,s):t,a=e.length-1,o;a>=0;a--)(o=e[a])&&(n=(i?o(t,s,n):o(n))||n);return i&&n&&ee(t,s,n),n};let k=class extends ut{constructor(){super(Y()),this.connection="",this.columns=[],this.ownCron=!1,this.nameTyped=!1,this.columnsOf="",this.tried=null,this.tryWhenLoaded=!1,this.place="",new ht(this,()=>!this.forbidden()&&this.data!==null&&!this.isSaved(this.data.kind),()=>this.confirm.ask(this.words.leaveTitle,this.words.leaveText,this.words.leave))}isSaved(e){return JSON.stringify(L(this.typed,e))===JSON.stringify(L(this.known,e))}get words(){return R[this.ctx.language]}get isNew(){return!this.path}get resource(){return Ht(this.organization,this.connection,this.path)}key(){return`${super.key()}|${this.connection}`}forbidden(){return Nt(this.ctx.session,this.organization,"organization-admin")?"":this.shell.forbiddenRole(this.shell.roles["organization-admin"])}async load(e){const{api:t}=this.ctx,s=X(this.organization,this.connection),i=`${s}/routes/${this.path}`,n=i===this.place?{known:this.known,typed:this.typed}:null;this.place=i;const[a,o,l]=await Promise.all([t.get(s,{signal:e}),J(t,"/api/v1/source-kinds",{signal:e}),J(t,`${s}/routes`,{signal:e}),this.read(e)]);return this.isNew&&(this.known=this.typed=Y()),n?this.typed=dt(n.known,this.known,n.typed):(this.theirs={},this.nameTyped=this.ownCron=!1),this.problem=null,this.columnsOf!==this.path&&(this.columns=[]),n||(this.tried=null),this.tryWhenLoaded&&this.showTrial(),this.tryWhenLoaded=!1,{connection:a.data,kind:o.find(r=>r.name===a.data.kind)??null,names:l.map(r=>r.name)}}wayHere(){return Ft(this.ctx,this.organization,this.connection,this.data?.connection.title,this.isNew?void 0:[this.path,this.known.title],this.isNew?this.words.newTitle:this.shell.edit)}heading(){return this.isNew?this.words.newTitle:this.words.editTitle(this.known.title||this.path)}lead(){return d`<p class="lead">${this.words.lead}</p>`}wrongAt(e){return I(j(this.problem),e)}draw(e){const{words:t,typed:s}=this,i=jt(e.kind);return d`<lms-confirm .ctx=${this.ctx}></lms-confirm>
      ${this.conflictNote(t.conflictTitle,t.conflict)}
      ${this.theirs.mapping?d`<div class="note warn">${$("alert")}<div><p>${t.mappingTheirs}</p><pre class="raw log">${JSON.stringify(this.theirs.mapping,null,2)}</pre></div></div>`:h}
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
            ${Qt(this.ctx,{typed:s,theirs:this.theirs,columns:this.columnsKnown(e),takesWatermark:e.kind?.takesWatermark??!0,mayFollow:e.kind?.brought?.whole??!0,wrongAt:n=>this.wrongAt(n),set:n=>this.set(n)})}
            ${this.schedule(e,i)}
          </fieldset>
          ${this.beside(e)} ${this.refusal()}
          <div class="form-foot stuck">
            <button class="btn primary" type="submit" aria-busy=${this.busy?"true":h}>${this.isNew?t.create:t.save}</button>
            <button class="btn" type="button" @click=${n=>void this.submit(n,!0)}>${$("play","s")}${t.saveAndTry}</button>
            <a class="btn quiet" href=${this.isNew?K("org",this.organization,"connections",this.connection):this.pageOf(this.path)}>${this.ctx.kit.cancel}</a>
            ${this.wrongFields?d`<span class="status bad-text">${this.shell.wrongFields(this.ctx.locale.count(this.wrongFields,this.shell.fieldForms))}</span>`:this.isNew?h:d`<span class="status">${t.againFull}</span>`}
          </div>
        </div>
      </form>
      ${this.isNew?h:d`<lms-route-trial .ctx=${this.ctx} .resource=${this.resource} .kind=${e.kind} .target=${F(s.mapping)} .arePaths=${D(e.kind,s.settings)} .saved=${this.isSaved(e.kind)} .onTrial=${n=>this.takeTrial(n,e.kind)}></lms-route-trial>`}`}uncover(e){const t=e.composedPath()[0],s=()=>{const i=this.renderRoot.querySelector(".stuck");if(!i||i.contains(t)||!t.matches(":focus")||getComputedStyle(i).position!=="sticky")return;const{bottom:n,height:a}=t.getBoundingClientRect(),o=n-i.getBoundingClientRect().top;o>0&&a<window.innerHeight/2&&window.scrollBy(0,o+12)};requestAnimationFrame(s),setTimeout(s,150)}pageOf(e){return K("org",this.organization,"connections",this.connection,"routes",e)}main(e,t){const{words:s,typed:i,theirs:n}=this,a=(o,l,r)=>y(this.ctx,{id:o,label:l,hint:r,value:i[o],mono:o==="prefix",problem:this.wrongAt(`/${o}`),theirs:n[o],onInput:c=>this.set({[o]:c})});return d`${a("title",s.title,s.titleHint)}
      ${this.isNew?y(this.ctx,{id:"name",label:s.name,hint:s.nameHint,mono:!0,value:this.nameNow(e),problem:this.wrongAt("/name"),onInput:o=>{this.nameTyped=!0,this.set({name:o})}}):h}
      ${t?a("prefix",s.prefix,At(e.kind,"request")?s.prefixListen:s.prefixFiles):h}
      ${y(this.ctx,{id:"position",label:s.position,hint:s.positionHint,value:i.position===null?"":String(i.position),problem:this.wrongAt("/position"),theirs:n.position===void 0?void 0:N(n.position),onInput:o=>this.set({position:o.trim()})})}
      ${T(this.ctx,{id:"enabled",label:s.enabled,hint:s.enabledHint,checked:i.enabled,onChange:o=>this.set({enabled:o})})}`}nameNow(e){return this.nameTyped?this.typed.name:qt(this.typed,e.names)}settings(e){const{words:t,typed:s}=this,{kind:i}=e;if(!i)return d`<p class="hint">${t.kindUnknown(e.connection.kind)}</p>
        ${A(this.ctx,{id:"settings",label:t.settings,mono:!0,value:JSON.stringify(s.settings,null,2),readOnly:!0,problem:this.wrongAt("/settings"),onInput:()=>{}},6)}`;const n=i.route.filter(r=>pt(r,i.route,c=>s.settings[c])),a=r=>gt(this.ctx,r,{values:s.settings,kept:{},problem:c=>this.wrongAt(`/settings/${c}`),theirs:c=>{const u=this.theirs.settings;return u&&N(u[c])!==N(s.settings[c])?N(u[c]):void 0},onInput:(c,u)=>this.set({settings:{...this.typed.settings,[c]:u}})}),o=n.filter(r=>V(r)),l=o.some(r=>this.wrongAt(`/settings/${r.name}`)||N(this.known.settings[r.name]));return d`${n.filter(r=>!V(r)).map(a)}
      ${o.length?d`<details class="more" ?open=${l}><summary>${$("chev","s")}${t.moreSettings}</summary><div class="stack conversion">${o.map(a)}</div></details>`:h}`}schedule(e,t){const{words:s,typed:i}=this;if(t&&!i.schedule)return d`<p class="hint">${s.scheduleNot}</p>`;const{schedule:n}=e.connection;return Rt(this.ctx,{schedule:i.schedule,ownCron:this.ownCron,label:s.schedule,never:s.rhythms.never,hint:s.scheduleHint(n?s.scheduleOfConnection(Wt(this.ctx,n.cron)):s.noScheduleOfConnection),problem:a=>a?this.wrongAt(`/schedule/${a}`):j(this.problem).find(o=>o.pointer==="/schedule"),theirs:this.theirs.schedule===void 0?void 0:this.theirs.schedule?.cron??"",set:(a,o)=>{this.ownCron=o,this.set({schedule:a})}})}beside({kind:e}){const t=["/title","/name","/prefix","/position","/schedule","/watermark","/onError","/deletions","/maxDeletedPercent","/mapping/target","/mapping/externalId","/mapping/content","/mapping/fields/","/mapping/when","/mapping/missing","/mapping/decimalComma","/mapping/source","/mapping/assumed",...e?e.route.map(i=>`/settings/${i.name}`):["/settings"]],s=j(this.problem).filter(({pointer:i})=>i!=="/mapping"&&!t.some(n=>i.startsWith(n)));return s.length===0?h:d`<div class="note bad" role="alert">${$("excl")}<div><h2 class="note-head">${this.words.otherWrong}</h2>${s.map(i=>d`<p><code>${i.pointer}</code> ${i.reason}. ${i.fix}</p>`)}</div></div>`}columnsKnown({kind:e}){const t=e?.route.find(({syntax:i})=>i==="sql"),s=t?Yt(N(this.typed.settings[t.name])):[];return[...new Set([...s,...this.columns])]}setMapping(e){this.set({mapping:e})}takeTrial(e,t){this.tried=e,!(!e.columns.length||D(t,this.typed.settings))&&(this.columns=e.columns,this.columnsOf=this.path)}mappingProblems(e){return[...j(this.problem),...this.tried&&this.isSaved(e)?mt(this.tried.diagnoses,this.typed.mapping):[]]}async submit(e,t){if(await this.save(e,()=>this.send(t)),!(!this.wrongFields||this.shadowRoot?.activeElement?.getAttribute("aria-invalid")==="true")){for(let s=this.renderRoot.querySelector('[aria-invalid="true"]')?.closest("details");s;s=null)s.open=!0;M(this.renderRoot),this.renderRoot.querySelector('[aria-invalid="true"]')||await this.renderRoot.querySelector("lms-mapping")?.focusWrong()}}async send(e){const{kind:t}=this.data,s=L(this.typed,t),{data:i,etag:n}=this.isNew?await this.ctx.api.post(`${X(this.organization,this.connection)}/routes`,{...s,name:this.nameNow(this.data)}):await this.ctx.api.put(this.resource,s,{ifMatch:this.etag});if(this.ctx.say(this.words.savedText),this.known=this.typed=i,this.etag=n,this.theirs={},!e)return void this.ctx.go(this.pageOf(i.name));if(!this.isNew)return void this.showTrial();this.tryWhenLoaded=!0,this.ctx.go(`${this.pageOf(i.name)}/edit`)}async showTrial(){await new Promise(requestAnimationFrame),await this.updateComplete,await this.renderRoot.querySelector("lms-route-trial")?.begin()}};k.styles=[et,st,ot];S([x({attribute:!1})],k.prototype,"connection",2);S([O()],k.prototype,"columns",2);S([O()],k.prototype,"ownCron",2);S([O()],k.prototype,"nameTyped",2);S([O()],k.prototype,"columnsOf",2);S([O()],k.prototype,"tried",2);S([ct("lms-confirm")],k.prototype,"confirm",2);k=S([it("lms-route-edit")],k);export{k as RouteEdit};
