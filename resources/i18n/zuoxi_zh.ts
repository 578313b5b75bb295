<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ArticleText</name>
    <message>
        <source>Official answer</source>
        <translation>标准答复</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
</context>
<context>
    <name>ArticleView</name>
    <message>
        <source>Sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Written for practice; not for real callers</source>
        <translation>为练习编写，不用于真实来电</translation>
    </message>
    <message>
        <source>← Results</source>
        <translation>← 返回结果</translation>
    </message>
    <message>
        <source>Back to the results</source>
        <translation>返回搜索结果</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Quote this article in the summary</source>
        <translation>把这条知识引用到小结</translation>
    </message>
</context>
<context>
    <name>ArticleViewModel</name>
    <message>
        <source>version {version}</source>
        <translation>第 {version} 版</translation>
    </message>
    <message>
        <source>Quoting needs a call on the page.</source>
        <translation>有通话时才能引用。</translation>
    </message>
    <message>
        <source>Quoted in this summary.</source>
        <translation>已引用到本小结。</translation>
    </message>
    <message>
        <source>This summary is saved already.</source>
        <translation>这份小结已经保存。</translation>
    </message>
    <message>
        <source>in force only from {day}</source>
        <translation>{day} 起生效</translation>
    </message>
    <message>
        <source>in force since {day}</source>
        <translation>{day} 起有效</translation>
    </message>
    <message>
        <source>in force {first} to {last}</source>
        <translation>有效期 {first} 至 {last}</translation>
    </message>
    <message>
        <source>no longer in force ({first} to {last})</source>
        <translation>已失效（{first} 至 {last}）</translation>
    </message>
</context>
<context>
    <name>BoundField</name>
    <message>
        <source>full: no more than {limit} characters</source>
        <translation>已满：最多 {limit} 个字</translation>
    </message>
</context>
<context>
    <name>CallActions</name>
    <message>
        <source>Reject</source>
        <translation>拒接</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>已静音</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>键盘</translation>
    </message>
</context>
<context>
    <name>CallBarModel</name>
    <message>
        <source>Type a number first.</source>
        <translation>请先输入号码。</translation>
    </message>
    <message>
        <source>This is not a number that can be dialled.</source>
        <translation>这不是可以拨打的号码。</translation>
    </message>
    <message>
        <source>The phone is not ready yet; try again in a moment.</source>
        <translation>电话还没有就绪，请稍后再拨。</translation>
    </message>
    <message>
        <source>There is no exchange here to dial through.</source>
        <translation>这里没有连接交换机，不能外拨。</translation>
    </message>
    <message>
        <source>All four lines are in use; end one first.</source>
        <translation>四条线路都在使用，请先结束一路。</translation>
    </message>
</context>
<context>
    <name>CallFacts</name>
    <message>
        <source>Summary</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>{state} · {who}</source>
        <translation>{state} · {who}</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>号码不显示</translation>
    </message>
    <message>
        <source>Held by the caller</source>
        <translation>对方保持中</translation>
    </message>
    <message>
        <source>queue {queue}</source>
        <translation>队列 {queue}</translation>
    </message>
    <message>
        <source>menu {path}</source>
        <translation>菜单 {path}</translation>
    </message>
    <message>
        <source>dialled {number}</source>
        <translation>拨打 {number}</translation>
    </message>
</context>
<context>
    <name>CallTabs</name>
    <message>
        <source>Calls and unfinished summaries</source>
        <translation>通话和未完成的小结</translation>
    </message>
</context>
<context>
    <name>CallerPanel</name>
    <message>
        <source>Caller</source>
        <translation>来电人</translation>
    </message>
    <message>
        <source>Who is calling</source>
        <translation>来电人是谁</translation>
    </message>
    <message>
        <source>Numbers; fills the dial field</source>
        <translation>号码，点击填入拨号框</translation>
    </message>
    <message>
        <source>Last calls</source>
        <translation>最近来电</translation>
    </message>
    <message>
        <source>The chosen call in full</source>
        <translation>所选来电的全文</translation>
    </message>
</context>
<context>
    <name>CallerRows</name>
    <message>
        <source>same number</source>
        <translation>号码相同</translation>
    </message>
    <message>
        <source>same number ({label})</source>
        <translation>号码相同（{label}）</translation>
    </message>
    <message>
        <source>never called</source>
        <translation>从未来电</translation>
    </message>
    <message>
        <source>last call {day}</source>
        <translation>上次来电 {day}</translation>
    </message>
    <message>
        <source>✓ chosen</source>
        <translation>✓ 已选</translation>
    </message>
    <message>
        <source>(no question written)</source>
        <translation>（没有写问题）</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>待同步</translation>
    </message>
</context>
<context>
    <name>CallerViewModel</name>
    <message>
        <source>No call</source>
        <translation>没有通话</translation>
    </message>
    <message>
        <source>Several people are known by this number</source>
        <translation>这个号码对应多个来电人</translation>
    </message>
    <message>
        <source>Looking up …</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Unknown caller</source>
        <translation>未知来电人</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>号码不显示</translation>
    </message>
    <message>
        <source>Card cannot be read</source>
        <translation>资料读不出来</translation>
    </message>
    <message>
        <source>Ask who is calling, then press {keys}.</source>
        <translation>先问清是谁，再按 {keys} 选定。</translation>
    </message>
    <message>
        <source>Press {key} to let a practice caller ring. Who calls is shown here.</source>
        <translation>按 {key} 让练习来电打进来，来电人显示在这里。</translation>
    </message>
    <message>
        <source>When the phone rings, the caller&apos;s card appears here by itself.</source>
        <translation>电话振铃时，来电人的资料会自动显示在这里。</translation>
    </message>
    <message>
        <source>Looking for this number on this seat …</source>
        <translation>正在本机查找这个号码…</translation>
    </message>
    <message>
        <source>Nobody is known by this number. The summary keeps the number.</source>
        <translation>没有人登记过这个号码。小结会记下号码。</translation>
    </message>
    <message>
        <source>No number came along. Ask for a name and a number to call back.</source>
        <translation>没有收到号码。请问清姓名和可以回电的号码。</translation>
    </message>
    <message>
        <source>The customer data cannot be read: {reason}</source>
        <translation>客户资料读不出来：{reason}</translation>
    </message>
    <message>
        <source>Arrears {amount}</source>
        <translation>欠缴 {amount}</translation>
    </message>
    <message>
        <source>this call</source>
        <translation>本次来电</translation>
    </message>
    <message>
        <source>Last calls</source>
        <translation>最近来电</translation>
    </message>
    <message>
        <source>Last calls ({shown} of {total})</source>
        <translation>最近来电（{shown} / {total}）</translation>
    </message>
    <message>
        <source>Last calls ({total})</source>
        <translation>最近来电（{total}）</translation>
    </message>
    <message>
        <source>No calls to show until it is known who calls.</source>
        <translation>确定来电人之后显示历次来电。</translation>
    </message>
    <message>
        <source>First call: nothing was asked before.</source>
        <translation>首次来电，没有历史记录。</translation>
    </message>
</context>
<context>
    <name>CategoryField</name>
    <message>
        <source>Categories</source>
        <translation>业务分类</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>业务分类</translation>
    </message>
    <message>
        <source>Type a few characters, or press ↓ for the whole tree</source>
        <translation>输入几个字查找，或按 ↓ 看全部分类</translation>
    </message>
    <message>
        <source>No category matches.</source>
        <translation>没有匹配的分类。</translation>
    </message>
</context>
<context>
    <name>CloseQuestion</name>
    <message>
        <source>A call is up</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>Stay in the call</source>
        <translation>继续通话</translation>
    </message>
    <message>
        <source>Hide the window, keep the call</source>
        <translation>收起窗口，通话继续</translation>
    </message>
    <message>
        <source>End the call and quit</source>
        <translation>挂断并退出</translation>
    </message>
    <message>
        <source>You are in a call. What should happen to it?</source>
        <translation>你正在通话。要怎么处理这个通话？</translation>
    </message>
</context>
<context>
    <name>DeskPage</name>
    <message>
        <source>All is well. {key} shows the keys.</source>
        <translation>一切正常。按 {key} 查看按键。</translation>
    </message>
    <message>
        <source>Press {ring} to let a caller ring, {answer} to answer; {key} shows all keys.</source>
        <translation>按 {ring} 让来电打进来，按 {answer} 接听；{key} 查看全部按键。</translation>
    </message>
</context>
<context>
    <name>DeskWindow</name>
    <message>
        <source>Knowledge base</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>{name} · {extension} — Zuoxi</source>
        <translation>{name} · {extension} — 坐席</translation>
    </message>
    <message>
        <source>PRACTICE — {name} · {extension} — Zuoxi</source>
        <translation>【练习】{name} · {extension} — 坐席</translation>
    </message>
</context>
<context>
    <name>DialBox</name>
    <message>
        <source>Number to dial</source>
        <translation>要拨打的号码</translation>
    </message>
    <message>
        <source>Number  {key}</source>
        <translation>号码  {key}</translation>
    </message>
    <message>
        <source>Dial</source>
        <translation>拨号</translation>
    </message>
    <message>
        <source>Dial (Enter)</source>
        <translation>拨号（回车）</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>FactsLine</name>
    <message>
        <source>No call</source>
        <translation>没有通话</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save the summary</source>
        <translation>保存小结</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Continue wrap-up for another period</source>
        <translation>再延长一段整理时间</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>End wrap-up now</source>
        <translation>结束整理</translation>
    </message>
</context>
<context>
    <name>Formatting</name>
    <message>
        <source>waited {time}</source>
        <translation>等待 {time}</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>{month_name} {day}</source>
        <translation>{month}月{day}日</translation>
    </message>
    <message>
        <source>{month_name} {day}, {year}</source>
        <translation>{year}年{month}月{day}日</translation>
    </message>
    <message>
        <source>¥{amount}</source>
        <translation>{amount} 元</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Keypad</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Digits sent</source>
        <translation>已发送的数字</translation>
    </message>
</context>
<context>
    <name>KeysWindow</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Choose a candidate</source>
        <translation>选择候选来电人</translation>
    </message>
    <message>
        <source>Open a suggested article</source>
        <translation>打开推荐的知识</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>Keys do nothing while an input method composes a character.</source>
        <translation>输入法正在组字时，这些按键不起作用。</translation>
    </message>
    <message>
        <source>Answer the call</source>
        <translation>接听来电</translation>
    </message>
    <message>
        <source>Hang up; reject a ringing call</source>
        <translation>挂断；振铃时为拒接</translation>
    </message>
    <message>
        <source>Hold or resume the call</source>
        <translation>保持或恢复通话</translation>
    </message>
    <message>
        <source>Mute or unmute the microphone</source>
        <translation>麦克风静音或取消静音</translation>
    </message>
    <message>
        <source>Go to the dial field</source>
        <translation>转到拨号框</translation>
    </message>
    <message>
        <source>Search the knowledge base</source>
        <translation>搜索知识库</translation>
    </message>
    <message>
        <source>Quote the open article</source>
        <translation>引用打开的知识</translation>
    </message>
    <message>
        <source>Save the summary</source>
        <translation>保存小结</translation>
    </message>
    <message>
        <source>Let a simulated caller ring</source>
        <translation>让模拟来电打进来</translation>
    </message>
    <message>
        <source>Show this list</source>
        <translation>显示本表</translation>
    </message>
</context>
<context>
    <name>KnowledgePanel</name>
    <message>
        <source>Knowledge base</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>Articles found</source>
        <translation>找到的知识</translation>
    </message>
    <message>
        <source>Search the knowledge base ({key})</source>
        <translation>搜索知识库（{key}）</translation>
    </message>
    <message>
        <source>Search the knowledge base</source>
        <translation>搜索知识库</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Sound levels</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Above: what you hear. Below: what you send.</source>
        <translation>上：你听到的声音。下：你发出的声音。</translation>
    </message>
</context>
<context>
    <name>MainMenu</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Knowledge base in its own window</source>
        <translation>知识库独立窗口</translation>
    </message>
    <message>
        <source>Keys  {key}</source>
        <translation>按键一览  {key}</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>OutboxModel</name>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Why it is still here</source>
        <translation>未送出的原因</translation>
    </message>
</context>
<context>
    <name>OutboxWindow</name>
    <message>
        <source>Outbox</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>Nothing waits: the server has everything you saved.</source>
        <translation>没有待同步的内容：你保存的，服务器都有了。</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Saved on this seat and sent by itself as soon as the server answers.</source>
        <translation>已保存在本机，服务器一有应答就自动送出。</translation>
    </message>
</context>
<context>
    <name>PracticeBar</name>
    <message>
        <source>Practice centre</source>
        <translation>练习中心</translation>
    </message>
    <message>
        <source>Callers are simulated; no citizen is on the line.</source>
        <translation>来电都是模拟的，线上没有真实市民。</translation>
    </message>
    <message>
        <source>Let a caller ring</source>
        <translation>让来电打进来</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>练习题目</translation>
    </message>
    <message>
        <source>Next scenario in turn</source>
        <translation>按顺序下一题</translation>
    </message>
</context>
<context>
    <name>PracticeModel</name>
    <message>
        <source>There are no practice scenarios here.</source>
        <translation>这里没有练习题目。</translation>
    </message>
    <message>
        <source>“{title}” is about to call</source>
        <translation>“{title}”即将来电</translation>
    </message>
    <message>
        <source>“{title}” is ringing</source>
        <translation>“{title}”正在振铃</translation>
    </message>
    <message>
        <source>“{title}” talks: {turn} of {turns}</source>
        <translation>“{title}”通话中：第 {turn} / {turns} 句</translation>
    </message>
    <message>
        <source>Your phone is not ready yet. Try again in a moment.</source>
        <translation>您的话机还没就绪，请稍后再试。</translation>
    </message>
    <message>
        <source>The simulated caller could not call. Try again.</source>
        <translation>模拟来电没能打进来，请再试一次。</translation>
    </message>
</context>
<context>
    <name>SaveStatusViewModel</name>
    <message>
        <source>Not kept on disk: {reason}</source>
        <translation>没能存到磁盘：{reason}</translation>
    </message>
    <message>
        <source>{who}: {status}</source>
        <translation>{who}：{status}</translation>
    </message>
    <message>
        <source>Kept as you type</source>
        <translation>随输随存</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Not saved yet: see above</source>
        <translation>尚未保存：请看上方缺少的内容</translation>
    </message>
    <message>
        <source>Complete: saves itself when the call ends</source>
        <translation>已填完整：通话结束时自动保存</translation>
    </message>
    <message>
        <source>Not saved: {reason}</source>
        <translation>没有保存：{reason}</translation>
    </message>
    <message>
        <source>Saved {time}, waiting for the server</source>
        <translation>{time} 已保存，待同步</translation>
    </message>
    <message>
        <source>Saved {time}, delivered</source>
        <translation>{time} 已保存，已送达</translation>
    </message>
    <message>
        <source>Saved {time}, the server did not take it: {reason}</source>
        <translation>{time} 已保存，服务器没有接收：{reason}</translation>
    </message>
</context>
<context>
    <name>SearchViewModel</name>
    <message>
        <source>best {shown} of {total}</source>
        <translation>最相关的 {shown} 条，共 {total} 条</translation>
    </message>
    <message>
        <source>{total} found</source>
        <translation>找到 {total} 条</translation>
    </message>
    <message>
        <source>The knowledge base is still being prepared on this seat.</source>
        <translation>本机的知识库还在准备。</translation>
    </message>
    <message>
        <source>Type what the caller asks, in Chinese, pinyin or initials. ↑ ↓ choose, Enter opens, Esc goes back.</source>
        <translation>输入来电人的问题：汉字、拼音或首字母。↑ ↓ 选择，回车打开，Esc 返回。</translation>
    </message>
    <message>
        <source>The search did not answer: {reason}</source>
        <translation>搜索没有应答：{reason}</translation>
    </message>
    <message>
        <source>Nothing found. Try fewer or other words.</source>
        <translation>没有找到。请减少或换几个词。</translation>
    </message>
    <message>
        <source>not in force</source>
        <translation>未生效或已失效</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>The login or the password is wrong.</source>
        <translation>用户名或密码不对。</translation>
    </message>
    <message>
        <source>Too many failed attempts.</source>
        <translation>失败次数太多。</translation>
    </message>
    <message>
        <source>The server does not answer. Check the network connection, then try again.</source>
        <translation>服务器没有应答。请检查网络连接后再试。</translation>
    </message>
    <message>
        <source>What answers at this address is not a Zuoxi server. Ask your administrator for the right address.</source>
        <translation>这个地址上不是坐席的服务器。请向系统管理员询问正确的地址。</translation>
    </message>
    <message>
        <source>Enter your password to open the data on this seat. This computer has no keyring, so the password is their key.</source>
        <translation>请输入密码以打开本机的数据。这台电脑没有密钥环，密码就是钥匙。</translation>
    </message>
    <message>
        <source>The server has ended your session. Sign in again; what you saved is kept on this seat.</source>
        <translation>服务器已结束你的登录。请重新登录；你保存的内容都在本机。</translation>
    </message>
    <message>
        <source>You could not be signed in.</source>
        <translation>没能登录。</translation>
    </message>
</context>
<context>
    <name>SignInModel</name>
    <message>
        <source>Asking the server …</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>Enter your login and your password.</source>
        <translation>请输入用户名和密码。</translation>
    </message>
    <message>
        <source>{problem} You can try again in {time}.</source>
        <translation>{problem}{time} 后可以再试。</translation>
    </message>
    <message>
        <source>{problem} Wait some minutes, then try again.</source>
        <translation>{problem}请过几分钟再试。</translation>
    </message>
    <message>
        <source>You can try again now.</source>
        <translation>现在可以再试。</translation>
    </message>
</context>
<context>
    <name>SignInWindow</name>
    <message>
        <source>Sign in — Zuoxi</source>
        <translation>登录 — 坐席</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Server: {address}</source>
        <translation>服务器：{address}</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已打开</translation>
    </message>
    <message>
        <source>Signing in …</source>
        <translation>正在登录…</translation>
    </message>
</context>
<context>
    <name>StartingStep</name>
    <message>
        <source>Filling the sample centre …</source>
        <translation>正在填充示例中心……</translation>
    </message>
    <message>
        <source>Signing the trainee in …</source>
        <translation>正在为学员签入……</translation>
    </message>
    <message>
        <source>Opening this seat&apos;s data …</source>
        <translation>正在打开本席的数据……</translation>
    </message>
</context>
<context>
    <name>StartingWindow</name>
    <message>
        <source>Work goes on</source>
        <translation>正在进行</translation>
    </message>
    <message>
        <source>PRACTICE — Zuoxi</source>
        <translation>【练习】坐席</translation>
    </message>
    <message>
        <source>Practice centre</source>
        <translation>练习中心</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The practice centre could not be started</source>
        <translation>练习中心没能启动</translation>
    </message>
    <message>
        <source>Preparing the practice centre …</source>
        <translation>正在准备练习中心…</translation>
    </message>
</context>
<context>
    <name>StateBar</name>
    <message>
        <source>Show what waits for the server</source>
        <translation>查看待同步的内容</translation>
    </message>
</context>
<context>
    <name>StateBarModel</name>
    <message>
        <source>{name} · {extension}</source>
        <translation>{name} · {extension}</translation>
    </message>
    <message>
        <source>Since {time}</source>
        <translation>自 {time}</translation>
    </message>
    <message>
        <source>Then: {state}</source>
        <translation>之后：{state}</translation>
    </message>
    <message>
        <source>Phone: starting</source>
        <translation>电话 启动中</translation>
    </message>
    <message>
        <source>Phone: restarting</source>
        <translation>电话 重新启动</translation>
    </message>
    <message>
        <source>Ext. {number}: ready</source>
        <translation>分机 {number} 就绪</translation>
    </message>
    <message>
        <source>Ext. {number}: registered</source>
        <translation>分机 {number} 已注册</translation>
    </message>
    <message>
        <source>Ext. {number}: not registered</source>
        <translation>分机 {number} 未注册</translation>
    </message>
    <message>
        <source>{state} {share} %</source>
        <translation>{state} {share}%</translation>
    </message>
    <message>
        <source>Outbox {waiting} · {aside} to look at</source>
        <translation>待同步 {waiting} · {aside} 条要看</translation>
    </message>
    <message>
        <source>Outbox {waiting}</source>
        <translation>待同步 {waiting}</translation>
    </message>
    <message>
        <source>The sound devices are opened when a call comes.</source>
        <translation>来电时才打开声音设备。</translation>
    </message>
    <message>
        <source>Headset: idle</source>
        <translation>耳机 待用</translation>
    </message>
    <message>
        <source>Headset: in use</source>
        <translation>耳机 使用中</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>没有麦克风</translation>
    </message>
    <message>
        <source>No sound device</source>
        <translation>没有声音设备</translation>
    </message>
    <message>
        <source>Sound device failed</source>
        <translation>声音设备打不开</translation>
    </message>
</context>
<context>
    <name>StateButton</name>
    <message>
        <source>Agent state: {state}</source>
        <translation>坐席状态：{state}</translation>
    </message>
    <message>
        <source>End wrap-up now</source>
        <translation>结束整理</translation>
    </message>
    <message>
        <source>Continue wrap-up</source>
        <translation>继续整理</translation>
    </message>
    <message>
        <source>Afterwards:</source>
        <translation>之后转为：</translation>
    </message>
</context>
<context>
    <name>SuggestionsBox</name>
    <message>
        <source>Suggested for this call</source>
        <translation>为本次来电推荐</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>推荐答复</translation>
    </message>
</context>
<context>
    <name>SuggestionsViewModel</name>
    <message>
        <source>During a call, articles for its queue, menu and question stand here.</source>
        <translation>通话时，这里按队列、菜单和问题推荐知识。</translation>
    </message>
    <message>
        <source>Nothing to suggest for this call yet. Search above.</source>
        <translation>暂时没有推荐，请在上方搜索。</translation>
    </message>
    <message>
        <source>because of the queue: {detail}</source>
        <translation>依据队列：{detail}</translation>
    </message>
    <message>
        <source>because of the menu: {detail}</source>
        <translation>依据菜单：{detail}</translation>
    </message>
    <message>
        <source>because of the category: {detail}</source>
        <translation>依据业务分类：{detail}</translation>
    </message>
    <message>
        <source>the caller asked before: {detail}</source>
        <translation>来电人以前问过：{detail}</translation>
    </message>
    <message>
        <source>because you wrote: {detail}</source>
        <translation>依据你写的：{detail}</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message>
        <source>Summary</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>后续</translation>
    </message>
    <message>
        <source>Quoted articles</source>
        <translation>引用的知识</translation>
    </message>
    <message>
        <source>Quote an article at the right ({key}): it stands here with its version.</source>
        <translation>在右侧引用知识（{key}），条目和版本会列在这里。</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>业务分类</translation>
    </message>
</context>
<context>
    <name>SummaryViewModel</name>
    <message>
        <source>version {version}</source>
        <translation>第 {version} 版</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>Summary · {who}</source>
        <translation>小结 · {who}</translation>
    </message>
    <message>
        <source>It begins by itself with the next call.</source>
        <translation>下一个来电开始时自动生成。</translation>
    </message>
    <message>
        <source>incoming</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>去电</translation>
    </message>
    <message>
        <source>Restored: you had not finished this one.</source>
        <translation>已恢复：这份小结上次没有写完。</translation>
    </message>
    <message>
        <source>choose a category</source>
        <translation>请选择业务分类</translation>
    </message>
    <message>
        <source>write what was asked</source>
        <translation>请写明问了什么</translation>
    </message>
    <message>
        <source>write or quote the answer</source>
        <translation>请写明或引用答复</translation>
    </message>
    <message>
        <source>number withheld</source>
        <translation>号码不显示</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Incoming call</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Show window</source>
        <translation>显示窗口</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Show window</source>
        <translation>显示窗口</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>TroubleLine</name>
    <message>
        <source>{number} more</source>
        <translation>还有 {number} 条</translation>
    </message>
    <message>
        <source>Show the next trouble</source>
        <translation>显示下一条</translation>
    </message>
</context>
<context>
    <name>TroublesModel</name>
    <message>
        <source>The phone is starting. Calls can come in a moment.</source>
        <translation>电话正在启动，马上就可以接听。</translation>
    </message>
    <message>
        <source>The phone stopped at {time} and is being started again. Please wait; what you typed is kept.</source>
        <translation>电话程序在 {time} 停止，正在重新启动。请稍候，已输入的内容都在。</translation>
    </message>
    <message>
        <source>a withheld number</source>
        <translation>不显示号码的来电人</translation>
    </message>
    <message>
        <source>The call with {who} was lost at {time}. Its summary is kept.</source>
        <translation>与 {who} 的通话在 {time} 中断，小结已保留。</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Put the number in the dial field</source>
        <translation>把号码填入拨号框</translation>
    </message>
    <message>
        <source>Extension {number} is not registered: no call can reach you. It tries again by itself; if this stays, tell your shift supervisor.</source>
        <translation>分机 {number} 未注册，电话打不进来。系统会自动重试；若一直这样，请告诉班长。</translation>
    </message>
    <message>
        <source>No microphone: silence is sent. Plug in a headset.</source>
        <translation>没有麦克风：发出的是静音，对方听不到你。请插上耳机。</translation>
    </message>
    <message>
        <source>No sound device: you hear nothing and silence is sent. Plug in a headset.</source>
        <translation>没有声音设备：听不到声音，发出的是静音。请插上耳机。</translation>
    </message>
    <message>
        <source>The sound device could not be opened: you hear nothing and silence is sent. Unplug the headset and plug it in again.</source>
        <translation>声音设备打不开：听不到声音，发出的是静音。请把耳机拔下再插上。</translation>
    </message>
    <message>
        <source>The server did not take {number} of your entries. Look at them.</source>
        <translation>有 {number} 条记录服务器没有接收，请查看。</translation>
    </message>
    <message>
        <source>Open the outbox</source>
        <translation>打开待同步</translation>
    </message>
    <message>
        <source>Fetching the centre&apos;s data: {done} of {all} rows.</source>
        <translation>正在取回中心数据：{done} / {all} 行。</translation>
    </message>
    <message>
        <source>Not signed in at the server. What you save is kept here.</source>
        <translation>还没有登录服务器。保存的内容先留在本机。</translation>
    </message>
    <message>
        <source>The server is away. Go on working: {number} entries wait here and go out by themselves.</source>
        <translation>服务器连不上，请照常工作：{number} 条记录在本机等待，恢复后自动送出。</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Something in Zuoxi went wrong at {time}; it was written down. Go on working.</source>
        <translation>程序在 {time} 出了差错，已记录在案，请继续工作。</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Signed out</source>
        <translation>签出</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>振铃</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>整理</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>示忙</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>休息</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Dialling</source>
        <translation>拨号中</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>You hung up</source>
        <translation>你已挂断</translation>
    </message>
    <message>
        <source>The caller hung up</source>
        <translation>对方已挂断</translation>
    </message>
    <message>
        <source>The caller gave up</source>
        <translation>对方放弃等待</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>已转接</translation>
    </message>
    <message>
        <source>You rejected the call</source>
        <translation>你已拒接</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>对方忙</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>Refused by the other side</source>
        <translation>对方拒绝</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>通话中断</translation>
    </message>
    <message>
        <source>Server: not signed in</source>
        <translation>服务器 未登录</translation>
    </message>
    <message>
        <source>Server: connecting</source>
        <translation>服务器 连接中</translation>
    </message>
    <message>
        <source>Server: first sync</source>
        <translation>服务器 首次同步</translation>
    </message>
    <message>
        <source>Server: online</source>
        <translation>服务器 在线</translation>
    </message>
    <message>
        <source>Server: offline</source>
        <translation>服务器 离线</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>有冲突</translation>
    </message>
    <message>
        <source>Sent back</source>
        <translation>被退回</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
</context>
<context>
    <name>WrapUpViewModel</name>
    <message>
        <source>Wrap-up {time}</source>
        <translation>整理 {time}</translation>
    </message>
</context>
</TS>
