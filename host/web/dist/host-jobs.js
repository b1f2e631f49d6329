import{V as c,e as i,b as a,z as m,h,t as p}from"./shell.js";import{r as $}from"./host-job-runs.js";import{s as u}from"./host-texts2.js";var v=Object.getOwnPropertyDescriptor,b=(s,t,l,e)=>{for(var r=e>1?void 0:e?v(t,l):t,n=s.length-1,d;n>=0;n--)(d=s[n])&&(r=d(r)||r);return r};let o=class extends c{get words(){return u[this.ctx.language]}load(s){return i(this.ctx.api,"/api/v1/jobs",{signal:s})}heading(){return this.words.jobs}lead(){return a`<p class="lead">${this.words.jobsLead}</p>`}draw(s){const{words:t}=this,{locale:l}=this.ctx;return s.length===0?m("clock",t.noJobsTitle,t.noJobsText):a`<section class="panel">
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${t.job}</th><th scope="col">${t.schedule}</th><th scope="col">${t.next}</th><th scope="col">${t.latest}</th></tr></thead>
          <tbody>
            ${s.map(e=>a`<tr>
                  <td><b><a href=${h("server","jobs",e.name)}>${t.jobTitles[e.name]??e.title}</a></b><small class="mono">${e.name}</small></td>
                  <td data-label=${t.schedule}><div><code>${e.schedule}</code><small>${t.zone(e.timeZone)}</small></div></td>
                  <td data-label=${t.next}>${e.nextAt?l.moment(e.nextAt):t.noNext}</td>
                  <td data-label=${t.latest}>${e.latestRun?a`<div>${$(t,e.latestRun)}<small>${l.moment(e.latestRun.startedAt)}</small></div>`:a`<span class="faint">${t.neverRan}</span>`}</td>
                </tr>`)}
          </tbody>
        </table>
      </div>
    </section>`}};o=b([p("lms-jobs")],o);export{o as Jobs};
