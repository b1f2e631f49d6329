import{w as b,h,a as r,b as l,j as f}from"./shell.js";import{c as p,n as $}from"./host-run-view.js";function w(n,e){const o=p[n.language];return e.way??{title:e.title,...o.ownWay}}function m(n,e){return b(h("org",n,"connections","new"),new URLSearchParams(e).toString())}function k(n,e,o,c,d){const t=p[n.language],a=(s,u)=>l`<tr>
      <td><b>${s.title}</b></td>
      <td data-label=${t.fits}>${s.fits}</td>
      <td data-label=${t.takes}><div>${s.needs}${s.time?l`<small>${s.time}</small>`:r}</div></td>
      ${d?l`<td class="act"><a class="btn small" href=${u} aria-label="${t.begin}: ${s.title}">${t.begin}</a></td>`:r}
    </tr>`,i=c[0];return l`<div class="table-wrap">
    <table class="stackable">
      <thead><tr><th scope="col">${t.way}</th><th scope="col">${t.fits}</th><th scope="col">${t.takes}</th>${d?l`<th scope="col"><span class="sr">${t.action}</span></th>`:r}</tr></thead>
      <tbody>
        ${i?a({...t.ways.sets,fits:t.setsFit(c.map(s=>s.title))},m(e,{kind:i.kind,set:i.name})):r}
        ${o.map(s=>a(w(n,s),m(e,{kind:s.name})))}
        ${a(t.ways.xapi,h("org",e,"xapi"))}
      </tbody>
    </table>
  </div>`}function y(n,e,o,c,d){const t=p[n.language];return o.length===0?r:l`<section class="panel" aria-labelledby="sets">
    <div class="panel-head"><div><h2 id="sets">${t.setsTitle}</h2><p class="small muted">${t.setsLead}</p></div></div>
    <ul class="set-list">
      ${o.map(a=>{const i=c.filter(s=>s.kind===a.kind);return l`<li>
          <div>
            <h3>${a.title}</h3>
            <details class="more">
              <summary>${f("chev","s")}${n.locale.count(a.routes.length,t.routeForms)}<span class="sr">: ${a.title}</span></summary>
              <ol class="names">${a.routes.map(s=>l`<li>${$(s)}</li>`)}</ol>
            </details>
          </div>
          ${d?l`<div class="btns">
                ${i.slice(0,3).map(s=>l`<a class="btn small" href=${b(h("org",e,"connections",s.name,"set"),`set=${encodeURIComponent(a.name)}`)} aria-label="${t.setInto($(s))}: ${a.title}">${t.setInto($(s))}</a>`)}
                <a class="btn small" href=${m(e,{kind:a.kind,set:a.name})} aria-label="${i.length?t.setNewOther:t.setNew}: ${a.title}">${i.length?t.setNewOther:t.setNew}</a>
              </div>`:r}
        </li>`})}
    </ul>
  </section>`}export{w as a,m as n,y as s,k as w};
