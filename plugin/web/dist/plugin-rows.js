import{a as u,c as g,n,d as c,P as f,b as p,A as l,g as b,l as m,t as v}from"./u2035.js";import{e as y}from"./plugin-query.js";import"./plugin-long-list.js";import{l as w,b as $}from"./plugin-list-part.js";var x=Object.defineProperty,k=Object.getOwnPropertyDescriptor,o=(t,e,i,r)=>{for(var a=r>1?void 0:r?k(e,i):e,h=t.length-1,d;h>=0;h--)(d=t[h])&&(a=(r?d(e,i,a):d(a))||a);return r&&a&&x(e,i,a),a};let s=class extends f{constructor(){super(...arguments),this.load=null,this.row=()=>p``,this.heights=[60,96],this.label="",this.total=null,this.empty=l,this.plain=!1,this.standing={loading:!0,error:null,loaded:0,complete:!1},this.narrow=!1,this.sizes=new ResizeObserver(([t])=>this.narrow=(t?.contentRect.width??1e3)<=640),this.take=t=>{const e=this.standing;return(e.loading!==t.loading||e.error!==t.error||e.loaded!==t.loaded||e.complete!==t.complete)&&queueMicrotask(()=>this.standing=t),l}}get loaded(){return this.list?.loaded??[]}again(){return this.list.again()}replace(t,e){this.list.replace(t,e)}redraw(){this.list?.requestUpdate()}connectedCallback(){super.connectedCallback(),this.sizes.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sizes.disconnect()}willUpdate(t){t.has("load")&&t.get("load")&&(this.standing={loading:!0,error:null,loaded:0,complete:!1})}render(){const{loading:t,error:e,loaded:i,complete:r}=this.standing,a=this.heights[this.narrow?1:0],h=$[this.ctx.language];return p`<kit-long-list
        ?hidden=${i===0}
        tabindex=${this.plain?"0":l}
        role=${this.plain?"group":l}
        aria-label=${this.plain?this.label:l}
        .load=${this.load}
        .row=${this.row}
        .rowHeight=${a}
        .label=${this.label}
        .foot=${this.take}
        .style=${`height:min(66vh,${i*a}px)`}
      ></kit-long-list>
      ${e?p`<div class="foot">${b(this.ctx,e,()=>void this.list.more())}</div>`:l}
      ${!e&&i===0&&(t||!r)?m(this.ctx):l}
      ${!e&&i===0&&r?this.empty:l}
      ${i>0?p`<p class="foot">${r?h.allShown(this.ctx.locale,i):h.someShown(this.ctx.locale,i,this.total)}</p>`:l}`}};s.styles=[u,w,g`
      :host { container: none; }
      kit-long-list { min-height: 0; overscroll-behavior: contain; }
      .foot { padding: var(--u-3) var(--u-5); font-size: var(--u-fs-s); color: var(--u-ink-2); }
      @container page (max-width: 660px) { .foot { padding-inline: var(--u-4); } }
    `];o([n({attribute:!1})],s.prototype,"load",2);o([n({attribute:!1})],s.prototype,"row",2);o([n({attribute:!1})],s.prototype,"heights",2);o([n()],s.prototype,"label",2);o([n({attribute:!1})],s.prototype,"total",2);o([n({attribute:!1})],s.prototype,"empty",2);o([n({type:Boolean})],s.prototype,"plain",2);o([c()],s.prototype,"standing",2);o([c()],s.prototype,"narrow",2);o([y("kit-long-list")],s.prototype,"list",2);s=o([v("u2035-rows")],s);
