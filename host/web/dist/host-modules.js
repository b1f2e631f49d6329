import{V as p,e as u,b as a,z as h,a as i,j as d,t as $}from"./shell.js";import{s as b}from"./host-texts2.js";var m=Object.getOwnPropertyDescriptor,v=(e,s,t,o)=>{for(var l=o>1?void 0:o?m(s,t):s,r=e.length-1,n;r>=0;r--)(n=e[r])&&(l=n(l)||l);return l};let c=class extends p{get words(){return b[this.ctx.language]}load(e){return u(this.ctx.api,"/api/v1/modules",{signal:e})}heading(){return this.words.modules}lead(){return a`<p class="lead">${this.words.modulesLead}</p>`}draw(e){const{words:s}=this;return e.length===0?h("module",s.noModulesTitle,s.noModulesText):a`<section class="panel">
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${s.module}</th><th scope="col">${s.state}</th><th scope="col">${s.version}</th><th scope="col">${s.file}</th></tr></thead>
          <tbody>
            ${e.map(t=>a`<tr>
                  <td><b>${t.name}</b>${t.required?a`<small>${s.required}</small>`:i}</td>
                  <td data-label=${s.state}><div>${this.badge(t.state)}${t.reason?a`<small class="reason">${t.reason}</small>`:i}</div></td>
                  <td data-label=${s.version}><span>${t.version||this.shell.unknown} <span class="faint">ABI ${t.abi||this.shell.unknown}</span></span></td>
                  <td data-label=${s.file}><code>${t.file}</code></td>
                </tr>`)}
          </tbody>
        </table>
      </div>
    </section>`}badge(e){const s=this.words.moduleStates[e]??e;return e==="started"?a`<span class="badge ok">${d("okc")}${s}</span>`:e==="failed"||e==="refused"?a`<span class="badge bad">${d("excl")}${s}</span>`:a`<span class="badge">${d("circle")}${s}</span>`}};c=v([$("lms-modules")],c);export{c as Modules};
