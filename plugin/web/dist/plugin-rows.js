import{a as u,e as g,n as h,c,P as f,b as d,A as n,f as b,l as m,t as v}from"./u2035.js";import{l as w,e as y,a as $}from"./plugin-list-part.js";import"./plugin-long-list.js";var x=Object.defineProperty,k=Object.getOwnPropertyDescriptor,a=(t,e,i,l)=>{for(var o=l>1?void 0:l?k(e,i):e,r=t.length-1,p;r>=0;r--)(p=t[r])&&(o=(l?p(e,i,o):p(o))||o);return l&&o&&x(e,i,o),o};let s=class extends f{constructor(){super(...arguments),this.load=null,this.row=()=>d``,this.heights=[60,96],this.label="",this.total=null,this.empty=n,this.standing={loading:!0,error:null,loaded:0,complete:!1},this.narrow=!1,this.sizes=new ResizeObserver(([t])=>this.narrow=(t?.contentRect.width??1e3)<=640),this.take=t=>{const e=this.standing;return(e.loading!==t.loading||e.error!==t.error||e.loaded!==t.loaded||e.complete!==t.complete)&&queueMicrotask(()=>this.standing=t),n}}get loaded(){return this.list?.loaded??[]}again(){return this.list.again()}replace(t,e){this.list.replace(t,e)}redraw(){this.list?.requestUpdate()}connectedCallback(){super.connectedCallback(),this.sizes.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sizes.disconnect()}willUpdate(t){t.has("load")&&t.get("load")&&(this.standing={loading:!0,error:null,loaded:0,complete:!1})}render(){const{loading:t,error:e,loaded:i,complete:l}=this.standing,o=this.heights[this.narrow?1:0],r=$[this.ctx.language];return d`<kit-long-list
        ?hidden=${i===0}
        .load=${this.load}
        .row=${this.row}
        .rowHeight=${o}
        .label=${this.label}
        .foot=${this.take}
        .style=${`height:min(66vh,${i*o}px)`}
      ></kit-long-list>
      ${e?d`<div class="foot">${b(this.ctx,e,()=>void this.list.more())}</div>`:n}
      ${!e&&i===0&&(t||!l)?m(this.ctx):n}
      ${!e&&i===0&&l?this.empty:n}
      ${i>0?d`<p class="foot">${l?r.allShown(this.ctx.locale,i):r.someShown(this.ctx.locale,i,this.total)}</p>`:n}`}};s.styles=[u,w,g`
      :host { container: none; }
      kit-long-list { min-height: 0; overscroll-behavior: contain; }
      .foot { padding: var(--u-3) var(--u-5); font-size: var(--u-fs-s); color: var(--u-ink-2); }
      @container page (max-width: 660px) { .foot { padding-inline: var(--u-4); } }
    `];a([h({attribute:!1})],s.prototype,"load",2);a([h({attribute:!1})],s.prototype,"row",2);a([h({attribute:!1})],s.prototype,"heights",2);a([h()],s.prototype,"label",2);a([h({attribute:!1})],s.prototype,"total",2);a([h({attribute:!1})],s.prototype,"empty",2);a([c()],s.prototype,"standing",2);a([c()],s.prototype,"narrow",2);a([y("kit-long-list")],s.prototype,"list",2);s=a([v("u2035-rows")],s);
