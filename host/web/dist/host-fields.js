import{f as $,u as m,x as v,a as u,b as r,j as f,L as g}from"./shell.js";import{j as b}from"./host-shown.js";import{i as w,e as c}from"./host-values.js";function F(e,t,a){const i=b[e.language],l=a.values[t.name],o={id:`setting-${t.name}`,label:t.title,hint:k(e,t),optional:t.required?void 0:i.optional,problem:a.problem(t.name),theirs:a.theirs?.(t.name)},n=s=>a.onInput(t.name,s);switch(t.type){case"flag":return v(e,{...o,checked:l==="true",onChange:s=>n(String(s))});case"choice":{const s=(t.choices??[]).map(p=>[p,i.choices[p]??p]),d=t.fallback?[]:[["",t.required?i.choose:i.notChosen]];return m(e,{...o,value:l??"",options:[...d,...s],onInput:n})}case"secret":return y(e,t,a,o);case"multiline":case"list":case"map":return A(e,{...o,value:l??"",placeholder:t.example,mono:t.type!=="list",rows:t.type==="multiline"?5:3,onInput:n});default:return $(e,{...o,value:l??"",placeholder:t.example,mono:!0,onInput:n})}}function k(e,t){const a=b[e.language],i=t.fallback&&t.type!=="choice"&&t.type!=="flag"?a.usual(t.fallback):"",l=t.type==="list"?a.oneALine:t.type==="map"?a.pairALine:"";return[t.hint,l,i].filter(Boolean).map(o=>`${o.replace(/[.\s]+$/,"")}.`).join(" ")||void 0}function y(e,t,a,i){const l=b[e.language],o=a.kept[t.name],n=a.values[t.name],s=p=>a.onInput(t.name,p);if(!w(o))return $(e,{...i,type:"password",autocomplete:"new-password",value:n??"",onInput:s});const d=!!a.secretsAgain;return n===c||n===null&&!d?r`<div class="field" role="group" aria-labelledby="${i.id}-label">
      <p class="label" id="${i.id}-label">${t.title}</p>
      <div class="input-row">
        <p class="kept-secret">${f(n===c?"x":"lock","s")}<span>${n===c?l.willGo:o.lastFour?l.kept(o.lastFour):l.keptWhole}</span></p>
        ${n===c?r`<button class="btn" type="button" @click=${()=>s(null)}>${l.keepOld}</button>`:r`<button class="btn" type="button" @click=${()=>s("")}>${l.replace}</button>
              ${t.required?u:r`<button class="btn" type="button" @click=${()=>s(c)}>${l.takeAway}</button>`}`}
      </div>
      ${h(e,i.id,i.problem)}
    </div>`:r`<div class="stack-s">
    ${$(e,{...i,optional:void 0,hint:d?l.secretAgain:l.secretNew,type:"password",autocomplete:"new-password",value:n??"",onInput:s})}
    ${d?u:r`<div class="btns"><button class="btn quiet small" type="button" @click=${()=>s(null)}>${l.keepOld}</button></div>`}
  </div>`}function A(e,t){const a=[t.hint?`${t.id}-hint`:"",t.problem?`${t.id}-wrong`:""].filter(Boolean).join(" ");return r`<div class="field wide">
    <label for=${t.id}>${t.label}${t.optional?r` <span class="optional">${t.optional}</span>`:u}</label>
    <textarea
      class="input ${t.mono?"mono":""}"
      id=${t.id}
      rows=${t.rows}
      spellcheck="false"
      autocapitalize="none"
      placeholder=${t.placeholder??u}
      .value=${t.value}
      aria-invalid=${t.problem?"true":u}
      aria-describedby=${a||u}
      @input=${i=>t.onInput(i.target.value)}
    ></textarea>
    ${t.hint?r`<p class="hint" id="${t.id}-hint">${t.hint}</p>`:u}${h(e,t.id,t.problem)}
  </div>`}function h(e,t,a){if(!a)return u;const{reason:i,fix:l}=g(e.language,a);return r`<p class="wrong" id="${t}-wrong">${f("excl","s")}<span>${i}. ${l}</span></p>`}export{F as s};
