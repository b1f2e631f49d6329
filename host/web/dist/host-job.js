import{V as b,e as m,y as p,q as w,b as r,h as $,a as n,j as d,r as y,z as g,B as v,N as x,J as f,C as j,d as u,t as P}from"./shell.js";import{r as A,t as C}from"./host-job-runs.js";import{s as R}from"./host-texts2.js";var _=Object.defineProperty,B=Object.getOwnPropertyDescriptor,c=(t,s,a,e)=>{for(var i=e>1?void 0:e?B(s,a):s,l=t.length-1,h;l>=0;l--)(h=t[l])&&(i=(e?h(s,a,i):h(i))||i);return e&&i&&_(s,a,i),i};let o=class extends b{constructor(){super(...arguments),this.problem=null,this.busy=!1,this.watching=null}get words(){return R[this.ctx.language]}get runsPath(){return`/api/v1/jobs/${encodeURIComponent(this.path)}/runs`}async load(t){const[s,a]=await Promise.all([m(this.ctx.api,"/api/v1/jobs",{signal:t}),p(this.ctx,this.runsPath,{},t)]),e=s.find(i=>i.name===this.path)??{name:this.path,title:this.path,schedule:"",timeZone:"",nextAt:null,latestRun:null};return a.items.some(i=>i.state==="running")&&this.watch(),{job:e,runs:a}}disconnectedCallback(){super.disconnectedCallback(),this.watching?.abort(),this.watching=null}wayHere(){return w(this.words.toJobs,$("server","jobs"),r`<code>${this.path}</code>`)}get titleNow(){return this.words.jobTitles[this.path]??this.data?.job.title??this.path}heading(){return this.titleNow}lead(){const t=this.data?.job;if(!t)return n;const s=t.nextAt?this.ctx.locale.moment(t.nextAt):this.words.noNext;return r`<p class="lead"><code>${t.schedule}</code> · ${this.words.zone(t.timeZone)} · ${this.words.next}: ${s}</p>`}actions(){const t=this.isRunning();return r`<div class="btns">
      ${t?r`<span class="small muted grow" id="why">${this.words.running}</span>`:n}
      <button class="btn primary" type="button" aria-disabled=${t?"true":n} aria-describedby=${t?"why":n} aria-busy=${this.busy?"true":n} @click=${()=>void this.run()}>
        ${d("play")}${this.words.run}
      </button>
    </div>`}isRunning(){return!!this.data?.runs.items.some(t=>t.state==="running")}draw({runs:t}){const{words:s}=this,{locale:a}=this.ctx;return r`${this.problem?y(this.ctx,this.problem):n}
      ${t.items.length===0?g("clock",s.noRunsTitle,s.noRunsText):r`<section class="panel" aria-labelledby="runs">
            <div class="panel-head"><h2 id="runs">${s.history}</h2></div>
            <div class="table-wrap">
              <table class="stackable">
                <thead><tr><th scope="col">${s.startedAt}</th><th scope="col">${s.result}</th><th scope="col">${s.took}</th><th scope="col">${s.by}</th><th scope="col">${s.counts}</th></tr></thead>
                <tbody>
                  ${t.items.map(e=>r`<tr>
                        <td class="num">${a.moment(e.startedAt)}</td>
                        <td data-label=${s.result}><div>${A(s,e)}${e.message?r`<small>${e.message}</small>`:n}</div></td>
                        <td data-label=${s.took} class="num">${C(s,a,e)}</td>
                        <td data-label=${s.by}>${e.trigger==="schedule"?s.bySchedule:e.requestedBy}</td>
                        <td data-label=${s.counts}>${this.counts(e)}</td>
                      </tr>`)}
                </tbody>
              </table>
            </div>
            ${v(this.ctx,t,()=>void this.more())}
          </section>`}`}counts(t){const s=Object.entries(t.counts);return s.length===0?this.shell.unknown:r`<details class="more">
      <summary>${d("chev","s")}${this.words.counts}<span class="sr"> ${this.ctx.locale.moment(t.startedAt)}</span></summary>
      <dl class="pairs">${s.map(([a,e])=>r`<dt>${a}</dt><dd class="num">${this.ctx.locale.number(e)}</dd>`)}</dl>
    </details>`}async run(){if(!(this.busy||this.isRunning())){this.busy=!0,this.problem=null;try{await this.ctx.api.post(this.runsPath,{},{idempotencyKey:x()}),this.ctx.say(this.words.started(this.titleNow)),await this.refresh()}catch(t){this.problem=t}this.busy=!1}}async watch(){if(this.watching)return;const t=this.watching=new AbortController;await f(2e3,t.signal),this.watching=null,!t.signal.aborted&&this.isConnected&&await this.refresh()}async more(){try{this.data={...this.data,runs:await j(this.ctx,this.runsPath,this.data.runs)}}catch(t){this.problem=t}}};c([u()],o.prototype,"problem",2);c([u()],o.prototype,"busy",2);o=c([P("lms-job")],o);export{o as JobView};
