import{T as S,U as j,F as f,d as C,S as q,a as c,b as o,j as $,t as x,A as F,L as N,f as y,u as P,x as _}from"./shell.js";import{e as I,d as w,i as B,f as h}from"./host-edit-texts.js";import{f as T,r as R,a as U,x as L}from"./host-mapping.js";import{f as k}from"./host-form-texts.js";var W=Object.defineProperty,D=Object.getOwnPropertyDescriptor,d=(e,t,s,l)=>{for(var a=l>1?void 0:l?D(t,s):t,r=e.length-1,i;r>=0;r--)(i=e[r])&&(a=(l?i(t,s,a):i(a))||a);return l&&a&&W(t,s,a),a};let p=class extends q{constructor(){super(...arguments),this.value={},this.label="",this.suggestions=[],this.emptyIsNull=!1,this.onChange=()=>{},this.pairs=[]}willUpdate(e){super.willUpdate(e),e.has("value")&&JSON.stringify(g(this.value))!==JSON.stringify(g(this.told(this.pairs)))&&(this.pairs=g(this.value))}told(e){return Object.fromEntries(e.filter(([t,s])=>t!==""||this.emptyIsNull&&s!=="").map(([t,s])=>[t,s===""&&this.emptyIsNull?null:s]))}set(e){this.pairs=e,this.onChange(this.told(e))}render(){const{words:e,pairs:t}=this;return o`<div class="pairs-field" role="group" aria-label=${this.label}>
      ${t.length===0&&e.none?o`<p class="hint">${e.none}</p>`:c}
      ${t.map(([s,l],a)=>o`<div class="pair">
            <input class="input mono" aria-label="${e.left}, ${a+1}" placeholder=${e.left} spellcheck="false" autocomplete="off" .value=${s} @input=${r=>this.change(a,0,r)} />
            <span aria-hidden="true">${$("right","s")}</span>
            <input class="input mono" aria-label="${e.right}, ${a+1}" placeholder=${e.right} spellcheck="false" autocomplete="off" list=${this.suggestions.length?"suggestions":c} .value=${l} @input=${r=>this.change(a,1,r)} />
            <button class="btn icon quiet" type="button" aria-label="${e.remove}: ${s||a+1}" @click=${()=>void this.drop(a)}>${$("x","s")}</button>
          </div>`)}
      <datalist id="suggestions">${this.suggestions.map(s=>o`<option value=${s}></option>`)}</datalist>
      <button class="btn small add" type="button" @click=${()=>void this.add()}>${$("plus","s")}${e.add}</button>
    </div>`}change(e,t,s){const l=s.target.value;this.set(this.pairs.map((a,r)=>r===e?t===0?[l,a[1]]:[a[0],l]:a))}async add(){this.pairs=[...this.pairs,["",""]],await this.updateComplete;const e=this.renderRoot.querySelectorAll(".pair input:first-child");e[e.length-1]?.focus()}async drop(e){this.set(this.pairs.filter((s,l)=>l!==e)),await this.updateComplete;const t=this.renderRoot.querySelectorAll(".pair .btn");(t[Math.min(e,t.length-1)]??this.renderRoot.querySelector(".add"))?.focus()}};p.styles=[S,j,T];d([f({attribute:!1})],p.prototype,"value",2);d([f({attribute:!1})],p.prototype,"words",2);d([f({attribute:!1})],p.prototype,"label",2);d([f({attribute:!1})],p.prototype,"suggestions",2);d([f({type:Boolean})],p.prototype,"emptyIsNull",2);d([f({attribute:!1})],p.prototype,"onChange",2);d([C()],p.prototype,"pairs",2);p=d([x("lms-pairs")],p);function g(e){return Object.entries(e).map(([t,s])=>[t,s==null?"":String(s)])}function V(e){return e instanceof F?(e.problem.errors??[]).map(t=>({...t,reason:A(t.reason),fix:A(t.fix??"")})):[]}function X(e,t){const s=[...["externalId","content"].map(l=>[`/mapping/${l}`,R(t,l)]),...Object.entries(U(t)).map(([l,a])=>[`/mapping/fields/${l}`,a])];return e.flatMap(({detail:l,fix:a})=>{const r=[...l.matchAll(/['«]([^'»]+)['»]/g)].map(([,i])=>i);return s.filter(([,i])=>L(i).some(n=>r.includes(n))).map(([i])=>({pointer:i,reason:l,fix:a}))})}function Y(e,t){return e.find(s=>s.pointer===t||s.pointer.startsWith(`${t}/`))}function O(e,t,s){if(!s)return c;const{reason:l,fix:a}=N(e.language,s);return o`<p class="wrong" id=${t}>${$("excl","s")}<span>${l.replace(/[.\s]+$/,"")}. ${a}</span></p>`}function A(e){return e&&e[0].toUpperCase()+e.slice(1)}function Z(e,t,s){const l=k[e.language],a=s.values[t.name],r=w(a),i={id:`setting-${t.name}`,label:t.title,hint:M(e,t,a),optional:t.required?void 0:l.optional,problem:s.problem(t.name),theirs:s.theirs?.(t.name)},n=u=>s.onInput(t.name,u);switch(t.type){case"flag":return _(e,{...i,checked:(r||t.fallback)==="true",onChange:u=>n(String(u))});case"choice":{const u=(t.choices??[]).map(m=>[m,t.choiceTitles?.[m]??m]),b=t.fallback?[]:[["",t.required?l.choose:l.notChosen]];return P(e,{...i,value:r||(t.fallback??""),options:[...b,...u],onInput:n})}case"secret":return z(e,t,s,i);case"map":if(typeof a!="string")return E(e,i,a,n);break;case"list":if(typeof a!="string")return v(e,{...i,wide:!0,value:Array.isArray(a)?a.join(`
`):"",placeholder:t.example,onInput:u=>n(J(u))},3);break;case"multiline":return v(e,{...i,wide:!0,mono:!0,value:r,placeholder:t.example,onInput:n},t.syntax?12:5);default:return y(e,{...i,value:r,placeholder:t.example,mono:!0,onInput:n})}return v(e,{...i,wide:!0,mono:t.type==="map",value:r,placeholder:t.example,onInput:n},3)}function E(e,{id:t,label:s,hint:l,problem:a,optional:r},i,n){return o`<div class="field wide">
    <p class="label">${s} ${r?o`<span class="optional">${r}</span>`:c}</p>
    ${l?o`<p class="hint">${l}</p>`:c}
    <lms-pairs .ctx=${e} .label=${s} .words=${I[e.language].pairs} .value=${typeof i=="object"&&i!==null?i:{}} .onChange=${n}></lms-pairs>
    ${O(e,`${t}-wrong`,a)}
  </div>`}function J(e){return e.split(`
`).map(t=>t.trim()).filter(Boolean)}function M(e,t,s){const l=k[e.language],a=t.fallback&&t.type!=="choice"&&t.type!=="flag"?l.usual(t.fallback):"",r=t.type==="list"?l.oneALine:t.type==="map"&&typeof s=="string"?l.pairALine:"";return[t.hint,r,a].filter(Boolean).map(i=>`${i.replace(/[.\s]+$/,"")}.`).join(" ")||void 0}function z(e,t,s,l){const a=k[e.language],r=s.kept[t.name],i=s.values[t.name],n=b=>s.onInput(t.name,b);if(!B(r))return y(e,{...l,type:"password",autocomplete:"new-password",value:w(i),onInput:n});const u=!!s.secretsAgain;return i===h||i===null&&!u?o`<div class="field" role="group" aria-labelledby="${l.id}-label">
      <p class="label" id="${l.id}-label">${t.title}</p>
      <div class="input-row">
        <p class="kept-secret">${$(i===h?"x":"lock","s")}<span>${i===h?a.willGo:r.lastFour?a.kept(r.lastFour):a.keptWhole}</span></p>
        ${i===h?o`<button class="btn" type="button" @click=${()=>n(null)}>${a.keepOld}</button>`:o`<button class="btn" type="button" @click=${()=>n("")}>${a.replace}</button>
              ${t.required?c:o`<button class="btn" type="button" @click=${()=>n(h)}>${a.takeAway}</button>`}`}
      </div>
      ${O(e,`${l.id}-wrong`,l.problem)}
    </div>`:o`<div class="stack-s">
    ${y(e,{...l,optional:void 0,hint:u?a.secretAgain:a.secretNew,type:"password",autocomplete:"new-password",value:w(i),onInput:n})}
    ${u?c:o`<div class="btns"><button class="btn quiet small" type="button" @click=${()=>n(null)}>${a.keepOld}</button></div>`}
  </div>`}function v(e,t,s){const l=[t.hint?`${t.id}-hint`:"",t.problem?`${t.id}-wrong`:"",t.theirs===void 0?"":`${t.id}-theirs`].filter(Boolean).join(" ");return o`<div class="field ${t.wide?"wide":""}">
    <label for=${t.id}>${t.label}${t.optional?o` <span class="optional">${t.optional}</span>`:""}</label>
    <textarea
      class="input ${t.mono?"mono":""}"
      id=${t.id}
      rows=${s}
      spellcheck=${t.mono?"false":"true"}
      autocapitalize="none"
      autocomplete="off"
      placeholder=${t.placeholder??""}
      .value=${t.value}
      aria-invalid=${t.problem?"true":"false"}
      aria-describedby=${l}
      @input=${a=>t.onInput(a.target.value)}
    ></textarea>
    ${t.hint?o`<p class="hint" id="${t.id}-hint">${t.hint}</p>`:""} ${O(e,`${t.id}-wrong`,t.problem)}
    ${t.theirs===void 0?"":o`<p class="theirs" id="${t.id}-theirs">${I[e.language].theirs(t.theirs)}</p>`}
  </div>`}export{Y as a,X as b,V as p,Z as s,v as t,O as w};
