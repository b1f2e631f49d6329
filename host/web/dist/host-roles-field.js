import{F as d,t as g,S as b,L as v,a as c,b as n,u as p,M as m,j as u}from"./shell.js";import{p as f}from"./host-texts.js";var $=Object.defineProperty,z=Object.getOwnPropertyDescriptor,h=(e,s,l,o)=>{for(var t=o>1?void 0:o?z(s,l):s,a=e.length-1,i;a>=0;a--)(i=e[a])&&(t=(o?i(s,l,t):i(t))||t);return o&&t&&$(s,l,t),t};let r=class extends b{constructor(){super(...arguments),this.value=[],this.none=""}render(){const e=f[this.ctx.language],s=this.ctx.organizations.filter(t=>!this.value.some(a=>a.organization===t.id)),l=t=>this.ctx.organizations.find(a=>a.id===t)?.legalName??t,o=this.problem&&v(this.ctx.language,this.problem);return n`<fieldset class="choices" aria-describedby="hint">
      <legend class="sub">${e.rolesHead}</legend>
      <p class="hint" id="hint">${e.rolesHint}</p>
      ${this.value.length===0?n`<p class="muted small">${this.none||e.noRoles}</p>`:c}
      ${this.value.map((t,a)=>n`<div class="role-row">
            ${p(this.ctx,{id:`organization-${a}`,label:e.organization,value:t.organization,options:[[t.organization,l(t.organization)],...s.map(i=>[i.id,i.legalName])],onInput:i=>this.change(a,{...t,organization:i})})}
            ${p(this.ctx,{id:`role-${a}`,label:e.role,value:t.role,options:m.map(i=>[i,this.shell.roles[i]]),onInput:i=>this.change(a,{...t,role:i})})}
            <button class="btn icon" type="button" aria-label=${e.removeRole(l(t.organization))} @click=${()=>void this.takeAway(a)}>${u("x")}</button>
          </div>`)}
      ${o?n`<p class="bad-text small" role="alert">${o.reason}. ${o.fix}</p>`:c}
      <div class="btns">
        <button class="btn small add" type="button" ?disabled=${s.length===0} aria-describedby=${s.length===0?"none-left":c} @click=${()=>this.set([...this.value,{organization:s[0].id,role:"viewer"}])}>
          ${u("plus","s")}${e.addRole}
        </button>
        ${s.length===0?n`<span class="small faint grow" id="none-left">${this.ctx.organizations.length?e.everyOrganization:e.noOrganizations}</span>`:c}
      </div>
    </fieldset>`}change(e,s){this.set(this.value.map((l,o)=>e===o?s:l))}async takeAway(e){this.set(this.value.filter((s,l)=>e!==l)),await this.updateComplete,this.renderRoot.querySelector(".add")?.focus()}set(e){this.value=e,this.dispatchEvent(new CustomEvent("roles-changed",{detail:e}))}};h([d({attribute:!1})],r.prototype,"value",2);h([d()],r.prototype,"none",2);h([d({attribute:!1})],r.prototype,"problem",2);r=h([g("lms-roles-field")],r);
