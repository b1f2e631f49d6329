import{V as b,e as $,q as y,h as d,b as i,a as n,j as u,r as w,z as f,d as g,t as x}from"./shell.js";import{s as v}from"./host-clipboard.js";import{a as T}from"./host-actor.js";import{c as P,d as I,r as N,n as p,s as _,j as A,e as O,l as z}from"./host-run-view.js";import{c as M}from"./host-shown.js";function m(a){const t=e=>Date.parse(e.startedAt),s=Math.max(Number.NEGATIVE_INFINITY,...a.flatMap(({runs:e,next:o})=>o&&e.length?[t(e.at(-1))]:[]));return a.flatMap(({route:e,runs:o})=>o.map(r=>({route:e,run:r}))).filter(({run:e})=>t(e)>=s).sort((e,o)=>t(o.run)-t(e.run)||o.run.id.localeCompare(e.run.id))}function j(a){const t=a.filter(({next:o})=>o!==null),s=o=>o.runs.length?Date.parse(o.runs.at(-1).startedAt):Number.POSITIVE_INFINITY,e=Math.max(...t.map(s));return t.filter(o=>s(o)===e)}var B=Object.defineProperty,C=Object.getOwnPropertyDescriptor,h=(a,t,s,e)=>{for(var o=e>1?void 0:e?C(t,s):t,r=a.length-1,l;r>=0;r--)(l=a[r])&&(o=(e?l(t,s,o):l(o))||o);return e&&o&&B(t,s,o),o};const D=25;let c=class extends b{constructor(){super(...arguments),this.problem=null,this.busy=""}get words(){return P[this.ctx.language]}get where(){return I(this.organization,this.path)}async load(a){const{api:t}=this.ctx,[{data:s},e]=await Promise.all([t.get(this.where,{signal:a}),$(t,`${this.where}/routes`,{signal:a})]),o=await Promise.all(e.map(r=>this.page({route:r,runs:[],next:null},a)));return{connection:s,all:o}}async page(a,t){const{data:s}=await this.ctx.api.get(`${N(this.organization,this.path,a.route.name)}/runs`,{query:{limit:D,cursor:a.next},signal:t});return{route:a.route,runs:[...a.runs,...s.items],next:s.next}}wayHere(){return y(this.data?p(this.data.connection):this.path,d("org",this.organization,"connections",this.path),this.words.logTitle)}heading(){return this.words.logTitle}lead(){return i`<p class="lead">${this.words.logLead}</p>`}actions(){const{words:a}=this;return m(this.data.all).length===0?n:i`<div class="btns">
      <button class="btn" type="button" aria-busy=${this.busy==="text"?"true":n} aria-describedby="in-file" @click=${()=>void this.download("text")}>${u("down")}${a.downloadText}</button>
      <button class="btn" type="button" aria-busy=${this.busy==="table"?"true":n} aria-describedby="in-file" @click=${()=>void this.download("table")}>${u("table")}${a.downloadTable}</button>
      <span class="caption" id="in-file">${a.downloadHint}</span>
    </div>`}draw({all:a}){const{words:t}=this,s=m(a),e=this.problem?w(this.ctx,this.problem):n;return s.length===0?i`${e}${f("list",t.logNoneTitle,t.logNoneText)}`:i`${e}
      <section class="panel" aria-label=${t.logTitle}>
        <div class="table-wrap">
          <table class="stackable runs">
            <thead><tr><th scope="col">${t.began}</th><th scope="col">${t.route}</th><th scope="col">${t.result}</th><th scope="col">${t.numbers}</th><th scope="col">${t.took}</th><th scope="col">${t.startedBy}</th></tr></thead>
            <tbody>${s.map(o=>this.row(o))}</tbody>
          </table>
        </div>
        ${a.some(({next:o})=>o)?i`<div class="more-row"><button class="btn" type="button" aria-busy=${this.busy==="more"?"true":n} @click=${()=>void this.more()}>${this.shell.more}</button></div>`:n}
      </section>`}row({route:a,run:t}){const{words:s,ctx:e}=this,o=["org",this.organization,"connections",this.path,"routes",a.name],r=t.trigger==="manual"?T(e.language,t.requestedBy):"";return i`<tr>
      <td class="num"><a href=${d(...o,"runs",t.id)}><time datetime=${t.startedAt}>${e.locale.day(t.startedAt)}, ${e.locale.exactTime(t.startedAt)}</time></a></td>
      <td data-label=${s.route}><a href=${d(...o)}>${p(a)}</a></td>
      <td data-label=${s.result}>
        <div>
          ${_(e,t)}
          ${t.diagnoses.map(l=>i`<p class="state-text">${A(l)}</p>`)}
        </div>
      </td>
      <td data-label=${s.numbers}><div>${O(e,t)||"—"}${t.mode==="full"&&t.counts.rows?i`<small>${s.full}</small>`:n}</div></td>
      <td data-label=${s.took}>${z(e,t)}</td>
      <td data-label=${s.startedBy}><div>${s.triggers[t.trigger]??t.trigger}${r?i`<small>${r}</small>`:n}</div></td>
    </tr>`}async more(){await this.doing("more",async()=>{const{all:a}=this.data,t=j(a),s=new Map(await Promise.all(t.map(async e=>[e.route.name,await this.page(e)])));this.data={...this.data,all:a.map(e=>s.get(e.route.name)??e)}})}async download(a){await this.doing(a,async()=>{const{blob:t,name:s}=await this.ctx.api.download(`${this.where}/log`,{accept:a==="table"?"text/csv":"text/plain"});v(t,s)})}async doing(a,t){if(!this.busy){this.busy=a,this.problem=null;try{await t()}catch(s){this.problem=s}this.busy=""}}};c.styles=[...b.styles,M];h([g()],c.prototype,"problem",2);h([g()],c.prototype,"busy",2);c=h([x("lms-connection-log")],c);export{c as ConnectionLog};
