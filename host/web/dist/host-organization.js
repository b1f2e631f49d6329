import{V as m,m as $,e as g,g as f,l as v,b as n,h as c,a as l,i as u,n as b,j as w,w as x,k as y,o as N,d as P,t as j}from"./shell.js";import{o as E,a as O}from"./host-participation.js";var _=Object.defineProperty,z=Object.getOwnPropertyDescriptor,p=(s,a,t,e)=>{for(var i=e>1?void 0:e?z(a,t):a,o=s.length-1,d;o>=0;o--)(d=s[o])&&(i=(e?d(a,t,i):d(i))||i);return e&&i&&_(a,t,i),i};let r=class extends m{constructor(){super(...arguments),this.notices=[],this.noticesFor=""}get words(){return E[this.ctx.language]}get canEdit(){return this.ctx.session.serverAdmin||$(this.ctx.session,this.organization,"organization-admin")}async load(s){const[{data:a},t]=await Promise.all([this.ctx.api.get(`/api/v1/organizations/${this.organization}`,{signal:s}),g(this.ctx.api,"/api/v1/projects",{signal:s})]);return this.loadNotices(),{organization:a,projects:t}}async loadNotices(){const{organization:s}=this,a=f(this.ctx.pages,this.ctx.session,s);await Promise.all([...new Set(a.map(e=>e.script))].map(e=>v(e).catch(()=>null)));const t=new Set(a.map(e=>`${e.element}-notice`));this.notices=[...t].filter(e=>customElements.get(e)).map(e=>this.notice(e)),this.noticesFor=s}heading(){return this.data?.organization.legalName??this.ctx.organizations.find(s=>s.id===this.organization)?.legalName??""}lead(){return n`<p class="lead">${this.words.lead}</p>`}actions(){return this.canEdit?n`<div class="btns"><a class="btn" href=${c("org",this.organization,"edit")}>${this.words.edit}</a></div>`:n`<p class="small muted">${this.words.noRights}</p>`}draw({organization:s,projects:a}){const{words:t}=this,e=d=>d||n`<span class="absent">${this.shell.notGiven}</span>`,i=d=>a.find(h=>h.id===d)?.title??d,o=O(a);return n`${u(this.ctx.session,this.organization)?l:b("excl","now",this.shell.noRole,t.noRole)}
      <div class="stack">
        ${this.noticesFor===this.organization?this.notices:l}
        <section class="panel" aria-labelledby="main">
          <div class="panel-head"><h2 id="main">${t.main}</h2></div>
          <div class="panel-body">
            <dl class="facts wide">
              <dt>${t.legalName}</dt><dd>${e(s.legalName)}</dd>
              <dt>${t.fullName}</dt><dd>${e(s.fullName)}</dd>
              <dt>${t.tariff}</dt><dd>${this.shell.tariffs[s.tariff]??s.tariff}</dd>
              <dt>${t.projects}</dt><dd>${s.projects.length?s.projects.map(i).join(", "):n`<span class="absent">${t.noProjects}</span>`}</dd>
              ${o.length?n`<dt>${t.participation}</dt>
                    <dd>${o.map(d=>n`<div>${d.title}: ${s.participation.includes(d.flag)?n`<span class="badge ok">${w("okc")}${t.marked}</span>`:n`<span class="absent">${t.isNotParticipant}</span>`}</div>`)}</dd>`:l}
              <dt>${t.timeZone}</dt><dd>${s.timeZone}</dd>
              <dt>${t.activityBase}</dt><dd><code>${s.activityBase}</code></dd>
              <dt>${t.id}</dt><dd><code>${s.id}</code></dd>
            </dl>
          </div>
        </section>
        <section class="panel" aria-labelledby="person">
          <div class="panel-head"><h2 id="person">${t.responsible}</h2></div>
          <div class="panel-body">
            <dl class="facts wide">
              <dt>${t.responsibleName}</dt><dd>${e(s.responsibleName)}</dd>
              <dt>${t.responsiblePhone}</dt><dd>${e(s.responsiblePhone)}</dd>
              <dt>${t.responsibleEmail}</dt><dd>${e(s.responsibleEmail)}</dd>
              <dt>${t.corporateEmail}</dt><dd>${e(s.corporateEmail)}</dd>
            </dl>
          </div>
        </section>
      </div>`}notice(s){const a=document.createElement(s);a.setAttribute("organization",this.organization),a.setAttribute("language",this.ctx.language);const t=this.ctx.pages.find(e=>`${e.element}-notice`===s);return a.addEventListener("lms-navigate",e=>{e.preventDefault();const i=e.detail.path;t&&this.ctx.go(x(c("org",this.organization,t.id,N(i)),y(i)))}),a}};p([P()],r.prototype,"notices",2);r=p([j("lms-organization")],r);export{r as OrganizationView};
