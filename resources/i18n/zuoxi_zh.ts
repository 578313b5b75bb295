<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AnswerBox</name>
    <message>
        <source>Answer, or why not</source>
        <translation>答复，或不予答复的理由</translation>
    </message>
    <message>
        <source>Article that answers it</source>
        <translation>作为答复的条目</translation>
    </message>
    <message>
        <source>Search for the article that answers it</source>
        <translation>搜索作为答复的条目</translation>
    </message>
    <message>
        <source>Articles found</source>
        <translation>找到的条目</translation>
    </message>
    <message>
        <source>Without it</source>
        <translation>不引用</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>不采纳</translation>
    </message>
    <message>
        <source>Write an article</source>
        <translation>撰写条目</translation>
    </message>
</context>
<context>
    <name>ArticleHead</name>
    <message>
        <source>Sample</source>
        <translation>样例</translation>
    </message>
    <message>
        <source>Written for practice; not for real callers</source>
        <translation>仅供练习，不用于真实来电</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史版本</translation>
    </message>
    <message>
        <source>Older versions of this article</source>
        <translation>该条目的历史版本</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>The answer for other regions</source>
        <translation>其他地区的口径</translation>
    </message>
    <message>
        <source>Answer for {region}, {count} regions ▾</source>
        <translation>{region}口径（共 {count} 个地区） ▾</translation>
    </message>
    <message>
        <source>Version {version} was published just now.</source>
        <translation>刚刚发布了第 {version} 版。</translation>
    </message>
</context>
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
    <message>
        <source>… The rest is too long to be shown here.</source>
        <translation>……其余内容太长，这里不再显示。</translation>
    </message>
</context>
<context>
    <name>ArticleView</name>
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
    <message>
        <source>Remove from favourites</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>加入收藏</translation>
    </message>
</context>
<context>
    <name>ArticleViewModel</name>
    <message>
        <source>version {version}</source>
        <translation>第 {version} 版</translation>
    </message>
    <message>
        <source>Owner: {name}</source>
        <translation>负责人：{name}</translation>
    </message>
    <message>
        <source>The caller is registered in {place}: there is an answer for {region}.</source>
        <translation>来电人登记地为{place}：有{region}的答复口径。</translation>
    </message>
    <message>
        <source>The caller&apos;s number is from {place}: there is an answer for {region}.</source>
        <translation>来电号码归属{place}：有{region}的答复口径。</translation>
    </message>
    <message>
        <source>Needs a call.</source>
        <translation>需有通话。</translation>
    </message>
    <message>
        <source>Quoted.</source>
        <translation>已引用。</translation>
    </message>
    <message>
        <source>Saved already.</source>
        <translation>小结已保存。</translation>
    </message>
    <message>
        <source>Show the new version.</source>
        <translation>请看新版。</translation>
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
        <source>Swap</source>
        <translation>切换</translation>
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
        <source>Transfer</source>
        <translation>转接</translation>
    </message>
    <message>
        <source>Pass on</source>
        <translation>转出</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>三方</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>退出</translation>
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
        <source>Nobody is on the line.</source>
        <translation>线上没有人。</translation>
    </message>
    <message>
        <source>There is nothing to send.</source>
        <translation>没有可发送的内容。</translation>
    </message>
    <message>
        <source>Only digits, * and # can be sent.</source>
        <translation>只能发送数字、* 和 #。</translation>
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
        <source>Back with you: {why}</source>
        <translation>已退回：{why}</translation>
    </message>
    <message>
        <source>Consultation</source>
        <translation>咨询通话</translation>
    </message>
    <message>
        <source>Held by the caller</source>
        <translation>对方保持中</translation>
    </message>
    <message>
        <source>transferred by {extension}</source>
        <translation>转自 {extension}</translation>
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
    <name>CallMarks</name>
    <message>
        <source>Encrypted</source>
        <translation>已加密</translation>
    </message>
    <message>
        <source>Voice and signalling are encrypted as far as the exchange.</source>
        <translation>语音和信令到交换机一段均已加密。</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>未加密</translation>
    </message>
    <message>
        <source>Whoever can listen in on this network hears this call.</source>
        <translation>能窃听本网络的人都能听到这通电话。</translation>
    </message>
    <message>
        <source>≈ {mos} est.</source>
        <translation>≈ {mos} 估计</translation>
    </message>
    <message>
        <source>Estimated quality {mos} of 4.5 (E-model, not measured).
Lost {loss} % · jitter {jitter} ms · there and back {round_trip} ms · {codec}</source>
        <translation>通话质量估计 {mos}，满分 4.5（E 模型估算，非实测）。
丢包 {loss}% · 抖动 {jitter} 毫秒 · 往返 {round_trip} 毫秒 · {codec}</translation>
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
    <name>CallerMoved</name>
    <message>
        <source>Not moved, still {before}: {reason}</source>
        <translation>未改动，仍为{before}：{reason}</translation>
    </message>
    <message>
        <source>The centre merged {before} into {after}.</source>
        <translation>中心已将{before}并入{after}。</translation>
    </message>
    <message>
        <source>{before} is no customer any more; the summary keeps the number.</source>
        <translation>{before}已不在客户库中；小结保留号码。</translation>
    </message>
    <message>
        <source>Your colleague says who it is. {whose}</source>
        <translation>同事已确认来电人。{whose}</translation>
    </message>
    <message>
        <source>The exchange names another number. {whose}</source>
        <translation>交换机报来另一个号码。{whose}</translation>
    </message>
    <message>
        <source>This call is now: {after} (was: {before}). The saved summary moved along.</source>
        <translation>本次来电现归{after}（原为{before}），已保存的小结一并转移。</translation>
    </message>
    <message>
        <source>This call is now: {after} (was: {before}). The summary goes along.</source>
        <translation>本次来电现归{after}（原为{before}），小结一并转移。</translation>
    </message>
    <message>
        <source>nobody known</source>
        <translation>未登记的人</translation>
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
        <source>✓ chosen</source>
        <translation>✓ 已选</translation>
    </message>
    <message>
        <source>chosen by you</source>
        <translation>您选定</translation>
    </message>
    <message>
        <source>chosen by your colleague</source>
        <translation>同事选定</translation>
    </message>
    <message>
        <source>same number ({text})</source>
        <translation>号码相同（{text}）</translation>
    </message>
    <message>
        <source>company switchboard</source>
        <translation>单位总机</translation>
    </message>
    <message>
        <source>company switchboard ({text})</source>
        <translation>单位总机（{text}）</translation>
    </message>
    <message>
        <source>open ticket</source>
        <translation>有未办结工单</translation>
    </message>
    <message>
        <source>open ticket: {text}</source>
        <translation>有未办结工单：{text}</translation>
    </message>
    <message>
        <source>spoke to you: {day}</source>
        <translation>{day}与您通过话</translation>
    </message>
    <message>
        <source>spoke to you from this number: {day}</source>
        <translation>{day}用此号码与您通过话</translation>
    </message>
    <message>
        <source>spoke to {text}: {day}</source>
        <translation>{day}与{text}通过话</translation>
    </message>
    <message>
        <source>spoke to {text} from this number: {day}</source>
        <translation>{day}用此号码与{text}通过话</translation>
    </message>
    <message>
        <source>(no question written)</source>
        <translation>（没有写问题）</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>Open tickets</source>
        <translation>未办结工单</translation>
    </message>
    <message>
        <source>Open tickets, and {more} more</source>
        <translation>未办结工单，另有 {more} 件</translation>
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
        <source>Several people may be calling</source>
        <translation>来电人可能有多位</translation>
    </message>
    <message>
        <source>Nobody has this number; somebody called from it before</source>
        <translation>此号码未登记，曾有人用它来电</translation>
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
        <source>Nobody is known by this number. {key} makes a customer of the caller.</source>
        <translation>没有人使用这个号码。按 {key} 为来电人建档。</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>新建来电人</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Known already?</source>
        <translation>已登记的客户？</translation>
    </message>
    <message>
        <source>Another person</source>
        <translation>另选来电人</translation>
    </message>
    <message>
        <source>Shown once it is known who calls.</source>
        <translation>确定来电人之后显示历次来电。</translation>
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
        <source>No number came along. Ask for a name and a number to call back.</source>
        <translation>没有收到号码。请问清姓名和可以回电的号码。</translation>
    </message>
    <message>
        <source>The customer data cannot be read: {reason}</source>
        <translation>客户资料读不出来：{reason}</translation>
    </message>
    <message>
        <source>New, not sent yet</source>
        <translation>新建 · 待同步</translation>
    </message>
    <message>
        <source>Changed, not sent yet</source>
        <translation>有修改 · 待同步</translation>
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
    <name>ChosenLink</name>
    <message>
        <source>Open in the browser</source>
        <translation>用浏览器打开</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制网址</translation>
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
    <name>CustomerDetails</name>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Merge …</source>
        <translation>合并…</translation>
    </message>
    <message>
        <source>Numbers; fills the dial field</source>
        <translation>号码，点击填入拨号框</translation>
    </message>
    <message>
        <source>History</source>
        <translation>往来记录</translation>
    </message>
    <message>
        <source>Nothing was said yet.</source>
        <translation>还没有往来记录。</translation>
    </message>
    <message>
        <source>The chosen conversation in full</source>
        <translation>选中记录的全文</translation>
    </message>
</context>
<context>
    <name>CustomerDetailsModel</name>
    <message>
        <source>No name</source>
        <translation>无姓名</translation>
    </message>
    <message>
        <source>Arrears</source>
        <translation>欠费</translation>
    </message>
    <message>
        <source>History (the last {shown} of {total})</source>
        <translation>往来记录（共 {total} 次，显示最近 {shown} 次）</translation>
    </message>
    <message>
        <source>History ({total})</source>
        <translation>往来记录（{total} 次）</translation>
    </message>
    <message>
        <source>Conversations: {count}, numbers: {numbers}</source>
        <translation>往来 {count} 次，号码：{numbers}</translation>
    </message>
    <message>
        <source>No category</source>
        <translation>无业务分类</translation>
    </message>
    <message>
        <source>Another record was merged into this one</source>
        <translation>另一份资料已合并到这里</translation>
    </message>
</context>
<context>
    <name>CustomerFlyout</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Numbers, one a line, with whose it is</source>
        <translation>号码（每行一个，后面写是谁的）</translation>
    </message>
    <message>
        <source>ID number; typing replaces all of it</source>
        <translation>证件号码（输入即全部替换）</translation>
    </message>
</context>
<context>
    <name>CustomerFormModel</name>
    <message>
        <source>New customer</source>
        <translation>新建来电人</translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation>编辑 {name}</translation>
    </message>
    <message>
        <source>Edit the customer</source>
        <translation>编辑来电人</translation>
    </message>
    <message>
        <source>The server sent this back. Put it right and save it.</source>
        <translation>服务器退回了这次修改。请改正后保存。</translation>
    </message>
    <message>
        <source>You had typed this and not saved it.</source>
        <translation>这是您之前输入、尚未保存的内容。</translation>
    </message>
    <message>
        <source>a name or a number is needed</source>
        <translation>需要姓名或号码</translation>
    </message>
    <message>
        <source>a line does not begin with a number</source>
        <translation>有一行不是以号码开头</translation>
    </message>
    <message>
        <source>a number stands here twice</source>
        <translation>有号码重复</translation>
    </message>
    <message>
        <source>too many numbers</source>
        <translation>号码太多</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>太长</translation>
    </message>
    <message>
        <source>type the whole number anew, without stars</source>
        <translation>请重新输入完整号码，不带星号</translation>
    </message>
    <message>
        <source>letters and digits only</source>
        <translation>只能是字母和数字</translation>
    </message>
    <message>
        <source>does not fit this field</source>
        <translation>不符合此字段的格式</translation>
    </message>
</context>
<context>
    <name>Customers</name>
    <message>
        <source>by the ID number</source>
        <translation>证件号码相符</translation>
    </message>
    <message>
        <source>sounds like it</source>
        <translation>读音相同</translation>
    </message>
    <message>
        <source>part of the name</source>
        <translation>名称中含有</translation>
    </message>
    <message>
        <source>same number</source>
        <translation>号码相同</translation>
    </message>
    <message>
        <source>same ID number</source>
        <translation>证件号码相同</translation>
    </message>
    <message>
        <source>same name and region</source>
        <translation>姓名和地区相同</translation>
    </message>
    <message>
        <source>chosen by you</source>
        <translation>您选定</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>待同步</translation>
    </message>
</context>
<context>
    <name>CustomersModel</name>
    <message>
        <source>This computer&apos;s copy cannot be read: {reason}</source>
        <translation>本机的数据读不出来：{reason}</translation>
    </message>
    <message>
        <source>The server is asked …</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>The server cannot be reached; this is what is on this computer.</source>
        <translation>连不上服务器；这里只有本机上的结果。</translation>
    </message>
    <message>
        <source>The server did not answer this: {reason}</source>
        <translation>服务器没有回答：{reason}</translation>
    </message>
    <message>
        <source>Whole ID numbers are known to the server only: ask it.</source>
        <translation>完整的证件号码只有服务器知道，请向服务器查询。</translation>
    </message>
    <message>
        <source>There are more; type more of it.</source>
        <translation>还有更多，请再输入一些。</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>找到 {count} 个</translation>
    </message>
    <message>
        <source>Your role sees no customers; it may import them.</source>
        <translation>您的角色看不到客户，但可以导入。</translation>
    </message>
    <message>
        <source>Type a name, its pinyin or initials, a number or its last digits, a company or a region. Several words narrow it down.</source>
        <translation>输入姓名、拼音或首字母、号码或尾号、单位、地区。多个词可缩小范围。</translation>
    </message>
    <message>
        <source>The server knows nobody like that, either.</source>
        <translation>服务器上也没有这样的客户。</translation>
    </message>
    <message>
        <source>Nobody on this computer. The server also looks for whole ID numbers and parts of names: press Enter.</source>
        <translation>本机上没有。服务器还能按完整证件号码和名称中的一部分查找：请按回车。</translation>
    </message>
</context>
<context>
    <name>CustomersPage</name>
    <message>
        <source>Search customers</source>
        <translation>查找客户</translation>
    </message>
    <message>
        <source>Name, pinyin, number, company, region</source>
        <translation>姓名、拼音、号码、单位、地区</translation>
    </message>
    <message>
        <source>Ask the server</source>
        <translation>问服务器</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>查重</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Customers found</source>
        <translation>找到的客户</translation>
    </message>
    <message>
        <source>Choose a customer at the left.</source>
        <translation>请在左侧选择客户。</translation>
    </message>
    <message>
        <source>Choose who is the same as {name}. Esc leaves it.</source>
        <translation>请选择与{name}是同一人的客户。按 Esc 放弃。</translation>
    </message>
</context>
<context>
    <name>DayChart</name>
    <message>
        <source>The hours of the day</source>
        <translation>当天各小时</translation>
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
    <name>DeviceList</name>
    <message>
        <source>Nothing is plugged in.</source>
        <translation>没有接入设备。</translation>
    </message>
    <message>
        <source>Prefer (Alt+Up)</source>
        <translation>优先（Alt+↑）</translation>
    </message>
    <message>
        <source>Less (Alt+Down)</source>
        <translation>靠后（Alt+↓）</translation>
    </message>
    <message>
        <source>No preference (Del)</source>
        <translation>取消优先（Del）</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>next call</source>
        <translation>下次通话</translation>
    </message>
    <message>
        <source>not plugged in</source>
        <translation>未接入</translation>
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
        <source>Last calls  {key}</source>
        <translation>最近通话  {key}</translation>
    </message>
    <message>
        <source>Dial</source>
        <translation>拨号</translation>
    </message>
    <message>
        <source>Dial (Enter)</source>
        <translation>拨号（回车）</translation>
    </message>
    <message>
        <source>{last_calls} · {number} missed</source>
        <translation>{last_calls} · {number} 个未接</translation>
    </message>
</context>
<context>
    <name>DiallingModel</name>
    <message>
        <source>This is not a number that can be dialled.</source>
        <translation>这不是可以拨打的号码。</translation>
    </message>
    <message>
        <source>is dialled as {number}</source>
        <translation>拨出 {number}</translation>
    </message>
    <message>
        <source>“{text}” is not possible there.</source>
        <translation>此处不能填“{text}”。</translation>
    </message>
    <message>
        <source>Begins with</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>Digits from</source>
        <translation>位数从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>In region</source>
        <translation>地区内</translation>
    </message>
    <message>
        <source>Not in region</source>
        <translation>地区外</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>去掉位数</translation>
    </message>
    <message>
        <source>Put before</source>
        <translation>加前缀</translation>
    </message>
</context>
<context>
    <name>DiallingPage</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Rules of dialling</source>
        <translation>拨号规则</translation>
    </message>
    <message>
        <source>The first rule that fits a number is used. Numbers are compared in their full form, +86 and so on; short numbers as they are.</source>
        <translation>使用第一条符合的规则。号码按完整形式（+86……）比较，短号按原样比较。</translation>
    </message>
    <message>
        <source>Try a number</source>
        <translation>试一个号码</translation>
    </message>
</context>
<context>
    <name>DifferenceText</name>
    <message>
        <source>What was changed</source>
        <translation>改动之处</translation>
    </message>
</context>
<context>
    <name>DraftFoot</name>
    <message>
        <source>Why it is given back</source>
        <translation>退回原因</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Take back and write on</source>
        <translation>撤回继续编写</translation>
    </message>
    <message>
        <source>Follow the newer version</source>
        <translation>以新版本为基础</translation>
    </message>
    <message>
        <source>Who was told the old answer</source>
        <translation>谁听到了旧答复</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Save draft</source>
        <translation>保存草稿</translation>
    </message>
    <message>
        <source>Send to review</source>
        <translation>提交审核</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Forget unsaved words</source>
        <translation>放弃未保存内容</translation>
    </message>
</context>
<context>
    <name>DraftForm</name>
    <message>
        <source>There is no version in force yet.</source>
        <translation>还没有生效的版本。</translation>
    </message>
    <message>
        <source>Nothing differs.</source>
        <translation>没有差异。</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>编写</translation>
    </message>
    <message>
        <source>As agents see it</source>
        <translation>坐席所见</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>与现行版本比较</translation>
    </message>
</context>
<context>
    <name>DraftFormModel</name>
    <message>
        <source>New variant for a region</source>
        <translation>新的地区版本</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>新建知识</translation>
    </message>
    <message>
        <source>{title}, after version {number}</source>
        <translation>{title}（基于第 {number} 版）</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>you</source>
        <translation>您</translation>
    </message>
    <message>
        <source>a region&apos;s variant</source>
        <translation>地区版本</translation>
    </message>
    <message>
        <source>written by {who}, {when}</source>
        <translation>{who} 编写于 {when}</translation>
    </message>
    <message>
        <source>reviewed by {who}</source>
        <translation>{who} 审核</translation>
    </message>
    <message>
        <source>your latest words are not saved yet</source>
        <translation>最新内容尚未保存</translation>
    </message>
    <message>
        <source>Not kept on disk: {reason}</source>
        <translation>未能存盘：{reason}</translation>
    </message>
    <message>
        <source>Something is missing or wrong; it is marked.</source>
        <translation>有缺漏或错误，已标出。</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>The server did not take it: {reason}</source>
        <translation>服务器没有接受：{reason}</translation>
    </message>
    <message>
        <source>The server sent something of it back: look into the inbox (Ctrl+I).</source>
        <translation>服务器退回了其中的内容：请查看收件箱（Ctrl+I）。</translation>
    </message>
    <message>
        <source>The article has version {number} by now. Look at the differences first.</source>
        <translation>该知识现已有第 {number} 版，请先查看差异。</translation>
    </message>
    <message>
        <source>{who}: {remark}</source>
        <translation>{who}：{remark}</translation>
    </message>
    <message>
        <source>It waited for its day when its article changed: look at it again.</source>
        <translation>等待生效期间知识已变更，请重新核对。</translation>
    </message>
    <message>
        <source>It goes to the server as soon as the server is there.</source>
        <translation>服务器恢复后自动送出。</translation>
    </message>
    <message>
        <source>You had typed this and not saved it.</source>
        <translation>这是您上次输入、尚未保存的内容。</translation>
    </message>
    <message>
        <source>In force from {day}. Until then agents see the version in force.</source>
        <translation>{day} 起生效；此前坐席仍看到现行版本。</translation>
    </message>
    <message>
        <source>A second person has to look at it and publish it.</source>
        <translation>需由另一人审核并发布。</translation>
    </message>
    <message>
        <source>Read it, compare it, then publish it or give it back with a remark.</source>
        <translation>请阅读并比较，然后发布，或写明原因退回。</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Published: it is what agents see from now on.</source>
        <translation>已发布：坐席现在看到的就是它。</translation>
    </message>
</context>
<context>
    <name>DraftListModel</name>
    <message>
        <source>No article fits these words.</source>
        <translation>没有符合的知识。</translation>
    </message>
    <message>
        <source>Nothing is being written. Search for an article to change it, or write a new one.</source>
        <translation>没有在编草稿。可搜索要修改的知识，或新建一条。</translation>
    </message>
    <message>
        <source>Nothing waits for a review.</source>
        <translation>没有待审核的内容。</translation>
    </message>
    <message>
        <source>Nothing was published or dropped yet.</source>
        <translation>还没有发布或作废的内容。</translation>
    </message>
    <message>
        <source>from {day}</source>
        <translation>{day} 起</translation>
    </message>
    <message>
        <source>the article has moved on</source>
        <translation>知识已有新版本</translation>
    </message>
    <message>
        <source>Without a title yet</source>
        <translation>尚无标题</translation>
    </message>
    <message>
        <source>you</source>
        <translation>您</translation>
    </message>
    <message>
        <source>sent back</source>
        <translation>被退回</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>第 {number} 版</translation>
    </message>
</context>
<context>
    <name>DuplicatesPanel</name>
    <message>
        <source>Duplicates</source>
        <translation>重复的客户</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>成对的客户</translation>
    </message>
    <message>
        <source>The server looks for customers that are there twice …</source>
        <translation>服务器正在查找重复的客户…</translation>
    </message>
    <message>
        <source>Only the server knows them, and it cannot be reached now.</source>
        <translation>重复的客户只有服务器知道，现在连不上服务器。</translation>
    </message>
    <message>
        <source>The server did not answer this: {reason}</source>
        <translation>服务器没有回答：{reason}</translation>
    </message>
    <message>
        <source>Nobody is there twice, as far as the server can tell.</source>
        <translation>服务器没有发现重复的客户。</translation>
    </message>
    <message>
        <source>Pairs that may be one and the same: {count}. Choose one.</source>
        <translation>有 {count} 对可能是同一客户，请选择一对。</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>being written</source>
        <translation>编写中</translation>
    </message>
    <message>
        <source>to review</source>
        <translation>待审核</translation>
    </message>
    <message>
        <source>given back</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>waits for its day</source>
        <translation>待生效</translation>
    </message>
    <message>
        <source>published</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>is needed</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>a day like 2026-05-04</source>
        <translation>日期，如 2026-05-04</translation>
    </message>
    <message>
        <source>ends before it begins</source>
        <translation>早于生效日</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>太长</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>业务分类</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>适用地区</translation>
    </message>
    <message>
        <source>In force from</source>
        <translation>生效日</translation>
    </message>
    <message>
        <source>until (empty: open)</source>
        <translation>失效日（空为长期）</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Keywords and synonyms</source>
        <translation>关键词和同义词</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Official answer</source>
        <translation>官方答复</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Note for the reviewer</source>
        <translation>给审核人的说明</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>有效期</translation>
    </message>
</context>
<context>
    <name>EditingPage</name>
    <message>
        <source>Search for an article to change</source>
        <translation>搜索要修改的知识</translation>
    </message>
    <message>
        <source>Search: who was told an older answer</source>
        <translation>搜索知识，查看谁听到了旧答复</translation>
    </message>
    <message>
        <source>Drafts and articles</source>
        <translation>草稿和知识</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>新建知识</translation>
    </message>
    <message>
        <source>Variant for a region</source>
        <translation>制作地区版本</translation>
    </message>
    <message>
        <source>Choose a draft at the left, or search for the article to change.</source>
        <translation>请在左侧选择草稿，或搜索要修改的知识。</translation>
    </message>
    <message>
        <source>In work {count}</source>
        <translation>在编 {count}</translation>
    </message>
    <message>
        <source>To review {count}</source>
        <translation>待审 {count}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
</context>
<context>
    <name>ExportPanel</name>
    <message>
        <source>Export customers</source>
        <translation>导出客户</translation>
    </message>
    <message>
        <source>All customers of the centre with their numbers, ID numbers hidden in their middle unless your role sees them. Who exported what is kept in the centre&apos;s audit.</source>
        <translation>中心的全部客户及其号码；证件号码中间部分隐去，除非您的角色可以查看。谁导出了什么，会记入中心的审计日志。</translation>
    </message>
    <message>
        <source>As an Excel file …</source>
        <translation>导出为 Excel 文件…</translation>
    </message>
    <message>
        <source>As CSV …</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存为 {path}</translation>
    </message>
    <message>
        <source>customers.xlsx</source>
        <translation>客户.xlsx</translation>
    </message>
    <message>
        <source>customers.csv</source>
        <translation>客户.csv</translation>
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
        <source>Back to caller {key}</source>
        <translation>回到来电人 {key}</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>拆分</translation>
    </message>
    <message>
        <source>No call</source>
        <translation>没有通话</translation>
    </message>
</context>
<context>
    <name>FiguresModel</name>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Centre, median</source>
        <translation>中心中位数</translation>
    </message>
    <message>
        <source>Centre, mean</source>
        <translation>中心平均数</translation>
    </message>
</context>
<context>
    <name>FileProgress</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Files</source>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>FilesLine</name>
    <message>
        <source>Files of this article</source>
        <translation>本知识的附件</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>Add a file …</source>
        <translation>添加附件…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Save the draft; then it gets files.</source>
        <translation>请先保存草稿，再添加附件。</translation>
    </message>
    <message>
        <source>New: {name}</source>
        <translation>新增：{name}</translation>
    </message>
    <message>
        <source>Goes: {name}</source>
        <translation>移除：{name}</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Add a file to the article</source>
        <translation>为知识添加附件</translation>
    </message>
    <message>
        <source>The change before is still on its way: choose this file again after it.</source>
        <translation>上一项改动还没传完，请稍后再选一次这个附件。</translation>
    </message>
    <message>
        <source>On its way to the server …</source>
        <translation>正在传给服务器…</translation>
    </message>
    <message>
        <source>Files need the server, and it is away now.</source>
        <translation>附件需要服务器，现在连接不上。</translation>
    </message>
    <message>
        <source>At most {size} MB are taken.</source>
        <translation>附件不超过 {size} MB。</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>无法读取这个文件。</translation>
    </message>
</context>
<context>
    <name>FilesModel</name>
    <message>
        <source>The file is sent …</source>
        <translation>正在上传文件…</translation>
    </message>
    <message>
        <source>The server reads the file; nothing is taken yet …</source>
        <translation>服务器正在读取文件，尚未导入…</translation>
    </message>
    <message>
        <source>Nothing is taken yet. Look how the file was understood.</source>
        <translation>尚未导入。请先看文件是怎样理解的。</translation>
    </message>
    <message>
        <source>The server takes the rows …</source>
        <translation>服务器正在导入…</translation>
    </message>
    <message>
        <source>The server writes the file …</source>
        <translation>服务器正在生成文件…</translation>
    </message>
    <message>
        <source>The file is fetched …</source>
        <translation>正在下载文件…</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>完成。</translation>
    </message>
    <message>
        <source>Stopped. What was taken before stays.</source>
        <translation>已停止。此前导入的保留。</translation>
    </message>
    <message>
        <source>{done} of {total} rows</source>
        <translation>{total} 行中的 {done} 行</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>还需 {time}</translation>
    </message>
    <message>
        <source>The server cannot be reached. It goes on there if it can; it is asked again.</source>
        <translation>连不上服务器。服务器上会尽可能继续，正在重新询问。</translation>
    </message>
    <message>
        <source>The server cannot be reached: {reason}</source>
        <translation>连不上服务器：{reason}</translation>
    </message>
    <message>
        <source>The file did not reach the server whole, so nothing of it was taken. Try again: {reason}</source>
        <translation>文件没有完整送达服务器，因此什么也没有导入。请重试：{reason}</translation>
    </message>
    <message>
        <source>The server says no: {reason}</source>
        <translation>服务器拒绝：{reason}</translation>
    </message>
    <message>
        <source>The file on this computer: {reason}</source>
        <translation>本机上的文件：{reason}</translation>
    </message>
    <message>
        <source>It could not be done: {reason}</source>
        <translation>未能完成：{reason}</translation>
    </message>
</context>
<context>
    <name>FilesViewModel</name>
    <message>
        <source>Fetch</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>is being fetched …</source>
        <translation>正在获取……</translation>
    </message>
    <message>
        <source>is here; another program opens it.</source>
        <translation>已取到本机，将由其他程序打开。</translation>
    </message>
    <message>
        <source>Files are at the server, which cannot be reached now.</source>
        <translation>附件保存在服务器上，目前无法连接服务器。</translation>
    </message>
    <message>
        <source>Files of this kind are not opened here.</source>
        <translation>这类文件不在本机打开。</translation>
    </message>
    <message>
        <source>The server sent another file than was published; not opened.</source>
        <translation>服务器发来的文件与发布的不一致，未打开。</translation>
    </message>
    <message>
        <source>Not to be had: {reason}</source>
        <translation>无法取得：{reason}</translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <source>Who is calling: name, pinyin, number or company</source>
        <translation>来电人是谁：姓名、拼音、号码或单位</translation>
    </message>
    <message>
        <source>Name, pinyin, number, company</source>
        <translation>姓名、拼音、号码、单位</translation>
    </message>
    <message>
        <source>People who fit</source>
        <translation>符合的客户</translation>
    </message>
    <message>
        <source>Nobody who is known</source>
        <translation>都不是</translation>
    </message>
</context>
<context>
    <name>FinderModel</name>
    <message>
        <source>The customer data cannot be read: {reason}</source>
        <translation>客户资料读不出来：{reason}</translation>
    </message>
    <message>
        <source>Type a name, pinyin, a number or a company.</source>
        <translation>输入姓名、拼音、号码或单位。</translation>
    </message>
    <message>
        <source>Nobody fits what you typed.</source>
        <translation>没有符合的客户。</translation>
    </message>
    <message>
        <source>There are more: type on.</source>
        <translation>还有更多，请继续输入。</translation>
    </message>
    <message>
        <source>on the card</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>待同步</translation>
    </message>
</context>
<context>
    <name>Flyout</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
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
        <source>End wrap-up now; the summary is parked</source>
        <translation>结束整理，小结挂起</translation>
    </message>
    <message>
        <source>Park</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>Park the summary, to be finished later</source>
        <translation>挂起小结，稍后再写</translation>
    </message>
</context>
<context>
    <name>ForgetQuestion</name>
    <message>
        <source>Forget this computer?</source>
        <translation>清除本机数据？</translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>Sign out and forget</source>
        <translation>退出登录并清除</translation>
    </message>
</context>
<context>
    <name>FormFlyout</name>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>FormModel</name>
    <message>
        <source>Not kept on disk: {reason}</source>
        <translation>未能存盘：{reason}</translation>
    </message>
    <message>
        <source>You had typed this and not sent it.</source>
        <translation>这是您上次输入、尚未提交的内容。</translation>
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
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>{number} days late</source>
        <translation>逾期 {number} 天</translation>
    </message>
    <message>
        <source>1 day late</source>
        <translation>逾期 1 天</translation>
    </message>
    <message>
        <source>late since {time}</source>
        <translation>今天 {time} 已逾期</translation>
    </message>
    <message>
        <source>tomorrow {time}</source>
        <translation>明天 {time}</translation>
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
    <name>GapFlyout</name>
    <message>
        <source>What was asked</source>
        <translation>问的是什么</translation>
    </message>
    <message>
        <source>What is missing or wrong</source>
        <translation>缺什么或错在哪里</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>提交</translation>
    </message>
</context>
<context>
    <name>GapFormModel</name>
    <message>
        <source>This answer is wrong or not complete</source>
        <translation>此答案有误或不完整</translation>
    </message>
    <message>
        <source>An answer is missing</source>
        <translation>缺少答案</translation>
    </message>
    <message>
        <source>with this call</source>
        <translation>附本次通话</translation>
    </message>
</context>
<context>
    <name>Gaps</name>
    <message>
        <source>open</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>不采纳</translation>
    </message>
    <message>
        <source>say what is missing or wrong</source>
        <translation>请写明缺什么或错在哪里</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>a reason in words is needed</source>
        <translation>请写明理由</translation>
    </message>
    <message>
        <source>words or an article are needed</source>
        <translation>请写答复或选择条目</translation>
    </message>
    <message>
        <source>{title} · version {version}</source>
        <translation>{title} · 第 {version} 版</translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation>{number} 分钟</translation>
    </message>
    <message>
        <source>{number} h</source>
        <translation>{number} 小时</translation>
    </message>
    <message>
        <source>{number} days</source>
        <translation>{number} 天</translation>
    </message>
    <message>
        <source>for you to answer</source>
        <translation>由您处理</translation>
    </message>
    <message>
        <source>for the knowledge editors to answer</source>
        <translation>由知识编辑处理</translation>
    </message>
    <message>
        <source>for {name} to answer</source>
        <translation>由{name}处理</translation>
    </message>
    <message>
        <source>Your report of “{title}” was declined: {outcome}</source>
        <translation>您报送的“{title}”未被采纳：{outcome}</translation>
    </message>
    <message>
        <source>Your report of “{title}” was answered: {outcome}</source>
        <translation>您报送的“{title}”已答复：{outcome}</translation>
    </message>
    <message>
        <source>Your report of “{title}” was answered by an article.</source>
        <translation>您报送的“{title}”已有条目答复。</translation>
    </message>
</context>
<context>
    <name>GapsModel</name>
    <message>
        <source>You have reported nothing yet. {key} beside an article, or beside a search that found nothing, reports what is missing.</source>
        <translation>您还没有报送过。在条目旁或搜索无结果时按 {key}，即可报送缺少的答案。</translation>
    </message>
    <message>
        <source>Nothing waits for an answer.</source>
        <translation>没有待答复的报送。</translation>
    </message>
    <message>
        <source>you</source>
        <translation>您</translation>
    </message>
    <message>
        <source>reported by {who}, {when}</source>
        <translation>{who} 报送，{when}</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
</context>
<context>
    <name>GapsPage</name>
    <message>
        <source>To answer</source>
        <translation>待答复</translation>
    </message>
    <message>
        <source>My reports</source>
        <translation>我的报送</translation>
    </message>
    <message>
        <source>Reports of missing answers</source>
        <translation>补充答案报送</translation>
    </message>
    <message>
        <source>What was asked</source>
        <translation>问的是什么</translation>
    </message>
    <message>
        <source>What is missing or wrong</source>
        <translation>缺什么或错在哪里</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>受理</translation>
    </message>
</context>
<context>
    <name>HandoverLine</name>
    <message>
        <source>What came beside</source>
        <translation>同事所写</translation>
    </message>
    <message>
        <source>What your colleague wrote</source>
        <translation>同事写的内容</translation>
    </message>
</context>
<context>
    <name>HandoverViewModel</name>
    <message>
        <source>From {name} {extension}</source>
        <translation>接自 {name} {extension}</translation>
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
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>后续</translation>
    </message>
</context>
<context>
    <name>HistoryFlyout</name>
    <message>
        <source>Last calls</source>
        <translation>最近通话</translation>
    </message>
    <message>
        <source>No calls yet.</source>
        <translation>还没有通话。</translation>
    </message>
    <message>
        <source>Enter puts the number into the dial field; dialling is a second act.</source>
        <translation>回车把号码填入拨号框，再按一次才拨出。</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>Number withheld</source>
        <translation>未显示号码</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>未接</translation>
    </message>
    <message>
        <source>in</source>
        <translation>呼入</translation>
    </message>
    <message>
        <source>out</source>
        <translation>呼出</translation>
    </message>
    <message>
        <source>from {extension}</source>
        <translation>转自 {extension}</translation>
    </message>
    <message>
        <source>to {who}</source>
        <translation>转给 {who}</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>Versions of this article</source>
        <translation>该条目的各版本</translation>
    </message>
    <message>
        <source>← Article</source>
        <translation>← 条目</translation>
    </message>
    <message>
        <source>Back to the article</source>
        <translation>返回条目</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>有效期</translation>
    </message>
</context>
<context>
    <name>HistoryViewModel</name>
    <message>
        <source>Older versions are at the server, which cannot be reached now.</source>
        <translation>历史版本保存在服务器上，目前无法连接服务器。</translation>
    </message>
    <message>
        <source>The server has no history of this article.</source>
        <translation>服务器上没有该条目的历史版本。</translation>
    </message>
    <message>
        <source>The server is being asked …</source>
        <translation>正在向服务器查询……</translation>
    </message>
    <message>
        <source>Version {version} is the first one kept.</source>
        <translation>第 {version} 版是留存的最早版本。</translation>
    </message>
    <message>
        <source>What version {new} says otherwise than version {old}</source>
        <translation>第 {new} 版与第 {old} 版的不同之处</translation>
    </message>
    <message>
        <source>nobody knows by whom</source>
        <translation>发布人不详</translation>
    </message>
    <message>
        <source>version {version}</source>
        <translation>第 {version} 版</translation>
    </message>
</context>
<context>
    <name>ImportModel</name>
    <message>
        <source>{header} → {part}</source>
        <translation>{header} → {part}</translation>
    </message>
    <message>
        <source>Columns: {columns}</source>
        <translation>列：{columns}</translation>
    </message>
    <message>
        <source>Left out: {columns}</source>
        <translation>不导入：{columns}</translation>
    </message>
    <message>
        <source>text read as {encoding}</source>
        <translation>文字编码 {encoding}</translation>
    </message>
    <message>
        <source>Would be new: {created} · changed: {updated} · left out: {skipped} · cannot be used: {bad}</source>
        <translation>将新增 {created} · 修改 {updated} · 跳过 {skipped} · 无法使用 {bad}</translation>
    </message>
    <message>
        <source>New: {created} · changed: {updated} · left out: {skipped} · not usable: {bad}</source>
        <translation>新增 {created} · 修改 {updated} · 跳过 {skipped} · 无法使用 {bad}</translation>
    </message>
    <message>
        <source>Import {rows} rows</source>
        <translation>导入 {rows} 行</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存为 {path}</translation>
    </message>
    <message>
        <source>Arrears</source>
        <translation>欠费</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changes a known one</source>
        <translation>修改已有客户</translation>
    </message>
    <message>
        <source>left out: known already</source>
        <translation>跳过：已有此客户</translation>
    </message>
    <message>
        <source>row {number}: {outcome}</source>
        <translation>第 {number} 行：{outcome}</translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message>
        <source>Import customers</source>
        <translation>导入客户</translation>
    </message>
    <message>
        <source>A CSV or Excel file whose first row names the columns: 姓名, 电话, 地区, 单位, 证件号 … One file of any encoding (UTF-8, GBK, UTF-16).</source>
        <translation>CSV 或 Excel 文件，第一行是列名：姓名、电话、地区、单位、证件号……编码不限（UTF-8、GBK、UTF-16）。</translation>
    </message>
    <message>
        <source>Choose a file …</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Rows about known customers change them</source>
        <translation>已有客户的行用来修改该客户</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>前几行</translation>
    </message>
    <message>
        <source>Save the list of rows that cannot be used …</source>
        <translation>保存无法使用的行的清单…</translation>
    </message>
    <message>
        <source>Tables (*.csv *.xlsx *.txt)</source>
        <translation>表格 (*.csv *.xlsx *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Rows that cannot be used</source>
        <translation>无法使用的行</translation>
    </message>
</context>
<context>
    <name>InboxModel</name>
    <message>
        <source>A colleague&apos;s, made on this seat; the decision is not yours.</source>
        <translation>同事在本机所做，应由其本人决定。</translation>
    </message>
    <message>
        <source>Somebody changed the same meanwhile. Nothing was written over: decide which value stays.</source>
        <translation>期间有人改了同一内容。没有覆盖任何一方：请决定保留哪个值。</translation>
    </message>
    <message>
        <source>The server did not take it: {reason}</source>
        <translation>服务器没有接受：{reason}</translation>
    </message>
    <message>
        <source>Decided. It goes out in a moment.</source>
        <translation>已决定，稍后即发送。</translation>
    </message>
    <message>
        <source>Not sent. Your words are kept here to be read.</source>
        <translation>不发送。您写的内容保留在这里，可供查看。</translation>
    </message>
    <message>
        <source>two values</source>
        <translation>两个值</translation>
    </message>
    <message>
        <source>sent back</source>
        <translation>被退回</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>已决定</translation>
    </message>
    <message>
        <source>kept to read</source>
        <translation>留存备查</translation>
    </message>
</context>
<context>
    <name>InboxWindow</name>
    <message>
        <source>Inbox</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>What the server did not take</source>
        <translation>服务器未接受的内容</translation>
    </message>
    <message>
        <source>Nothing to decide: the server took everything.</source>
        <translation>没有要处理的：服务器已全部接受。</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>The server&apos;s</source>
        <translation>服务器的</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Take the server&apos;s</source>
        <translation>采用服务器的</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>改正</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Read, forget it</source>
        <translation>已读，不再保留</translation>
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
    <message>
        <source>Type or paste digits</source>
        <translation>键入或粘贴数字</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Choose candidate {number}</source>
        <translation>选择第 {number} 个候选人</translation>
    </message>
    <message>
        <source>Open suggested article {number}</source>
        <translation>打开第 {number} 条推荐</translation>
    </message>
    <message>
        <source>Show page {number} of the rail</source>
        <translation>打开左侧第 {number} 个页面</translation>
    </message>
    <message>
        <source>Answer the call</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Hang up; reject a ringing call</source>
        <translation>挂断；拒接振铃的来电</translation>
    </message>
    <message>
        <source>Hold, resume or swap calls</source>
        <translation>保持、恢复或切换通话</translation>
    </message>
    <message>
        <source>Mute or unmute the microphone</source>
        <translation>静音或取消静音</translation>
    </message>
    <message>
        <source>Transfer; pass on</source>
        <translation>转接；转出</translation>
    </message>
    <message>
        <source>Ask a colleague; back to the caller</source>
        <translation>咨询同事；回到来电人</translation>
    </message>
    <message>
        <source>Join calls; leave them together</source>
        <translation>三方通话；退出三方</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Pick up a colleague&apos;s call</source>
        <translation>抢接同事的来电</translation>
    </message>
    <message>
        <source>Go to the dial field</source>
        <translation>到拨号框</translation>
    </message>
    <message>
        <source>Last calls</source>
        <translation>最近通话</translation>
    </message>
    <message>
        <source>Search the knowledge base</source>
        <translation>查知识库</translation>
    </message>
    <message>
        <source>Quote the open article</source>
        <translation>引用打开的知识</translation>
    </message>
    <message>
        <source>Report an answer that is missing or wrong</source>
        <translation>补充答案：报送缺少或有误的答案</translation>
    </message>
    <message>
        <source>Send the open form</source>
        <translation>发送打开的表单</translation>
    </message>
    <message>
        <source>Show what became of your report</source>
        <translation>查看您的报送的处理结果</translation>
    </message>
    <message>
        <source>Reports of missing answers</source>
        <translation>补充答案报送</translation>
    </message>
    <message>
        <source>Reports: take, give back</source>
        <translation>报送：受理、退回</translation>
    </message>
    <message>
        <source>Reports: answer</source>
        <translation>报送：答复</translation>
    </message>
    <message>
        <source>Reports: decline</source>
        <translation>报送：不采纳</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>The notice is read</source>
        <translation>公告已读</translation>
    </message>
    <message>
        <source>Notices: write one</source>
        <translation>公告：撰写</translation>
    </message>
    <message>
        <source>Articles: save the draft</source>
        <translation>知识编辑：保存草稿</translation>
    </message>
    <message>
        <source>Articles: send to review</source>
        <translation>知识编辑：提交审核</translation>
    </message>
    <message>
        <source>Articles: publish</source>
        <translation>知识编辑：发布</translation>
    </message>
    <message>
        <source>Save the summary</source>
        <translation>保存小结</translation>
    </message>
    <message>
        <source>Park the summary; end wrap-up now</source>
        <translation>挂起小结；结束整理</translation>
    </message>
    <message>
        <source>Continue wrap-up</source>
        <translation>继续整理</translation>
    </message>
    <message>
        <source>Parked summaries</source>
        <translation>已挂起的小结</translation>
    </message>
    <message>
        <source>Choose the category</source>
        <translation>选择业务分类</translation>
    </message>
    <message>
        <source>Promise a callback</source>
        <translation>约定回呼</translation>
    </message>
    <message>
        <source>Make a ticket</source>
        <translation>登记工单</translation>
    </message>
    <message>
        <source>Edit the customer; make a new one</source>
        <translation>编辑来电人；新建来电人</translation>
    </message>
    <message>
        <source>Save the customer</source>
        <translation>保存来电人</translation>
    </message>
    <message>
        <source>The call is another person&apos;s</source>
        <translation>换成另一位来电人</translation>
    </message>
    <message>
        <source>Undo: the call is whose it was</source>
        <translation>撤销换人</translation>
    </message>
    <message>
        <source>Show a masked value, with a reason</source>
        <translation>查看隐藏内容（须选原因）</translation>
    </message>
    <message>
        <source>What waits for the server</source>
        <translation>待同步列表</translation>
    </message>
    <message>
        <source>What the server did not take</source>
        <translation>服务器未接受的内容</translation>
    </message>
    <message>
        <source>Inbox: keep my value</source>
        <translation>待处理：保留我的</translation>
    </message>
    <message>
        <source>Inbox: take the server&apos;s value</source>
        <translation>待处理：采用服务器的</translation>
    </message>
    <message>
        <source>Inbox: correct and send again</source>
        <translation>待处理：改正后重发</translation>
    </message>
    <message>
        <source>Inbox: send again as it is</source>
        <translation>待处理：原样重发</translation>
    </message>
    <message>
        <source>Inbox: do not send, keep to read</source>
        <translation>待处理：不发送，留存备查</translation>
    </message>
    <message>
        <source>Inbox: undo the decision</source>
        <translation>待处理：撤销决定</translation>
    </message>
    <message>
        <source>Let a simulated caller ring</source>
        <translation>让模拟来电打进来</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>显示快捷键</translation>
    </message>
</context>
<context>
    <name>KeysModel</name>
    <message>
        <source>{key} is taken by “{action}”. Give that one another key first.</source>
        <translation>{key} 已用于“{action}”，请先给它换一个键。</translation>
    </message>
    <message>
        <source>“{key}” cannot be a key: it is needed for typing. Take a function key, or Ctrl or Alt with something.</source>
        <translation>“{key}”打字时要用，不能作快捷键。请用功能键，或 Ctrl、Alt 加其他键。</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已改</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新键</translation>
    </message>
    <message>
        <source>Press the new key here</source>
        <translation>在这里按下新键</translation>
    </message>
    <message>
        <source>Standard key</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>All standard keys</source>
        <translation>全部恢复默认</translation>
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
        <source>Show a page of the rail</source>
        <translation>打开左侧的页面</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>Keys do nothing while an input method composes a character.</source>
        <translation>输入法正在组字时，这些按键不起作用。</translation>
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
        <source>Report a gap</source>
        <translation>补充答案</translation>
    </message>
    <message>
        <source>Report that the answer is missing or wrong ({key})</source>
        <translation>报告答案缺失或有误（{key}）</translation>
    </message>
    <message>
        <source>This article is not there any more.</source>
        <translation>这一条目已不存在。</translation>
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
    <name>LevelBar</name>
    <message>
        <source>Microphone level</source>
        <translation>话筒音量</translation>
    </message>
    <message>
        <source>Your voice should reach the marked part.</source>
        <translation>说话时应达到标出的范围。</translation>
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
    <name>LineMarks</name>
    <message>
        <source>Not encrypted</source>
        <translation>未加密</translation>
    </message>
</context>
<context>
    <name>LocalCopy</name>
    <message>
        <source>{number} s</source>
        <translation>{number} 秒</translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation>{number} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>还需约 {time}</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {time} ahead of the server&apos;s.</source>
        <translation>本机时钟比服务器快 {time}。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {time} behind the server&apos;s.</source>
        <translation>本机时钟比服务器慢 {time}。</translation>
    </message>
    <message>
        <source>Fetching was stopped.</source>
        <translation>同步已停止。</translation>
    </message>
    <message>
        <source>Complete and up to date.</source>
        <translation>数据完整，已是最新。</translation>
    </message>
    <message>
        <source>As it was when the server was last reached.</source>
        <translation>停留在上次连上服务器时的状态。</translation>
    </message>
    <message>
        <source>Everything is here; it is being sorted.</source>
        <translation>数据已全部取回，正在建立索引。</translation>
    </message>
    <message>
        <source>{done} of {all} changes are here</source>
        <translation>已取回 {done} / {all} 条变更</translation>
    </message>
    <message>
        <source>{number} a second</source>
        <translation>每秒 {number} 条</translation>
    </message>
    <message>
        <source>This computer has no copy yet.</source>
        <translation>本机还没有数据副本。</translation>
    </message>
    <message>
        <source>The copy is so old that fetching everything is quicker.</source>
        <translation>本机副本过旧，重新全部取回更快。</translation>
    </message>
    <message>
        <source>Going on where it ended last time.</source>
        <translation>从上次中断处继续。</translation>
    </message>
    <message>
        <source>What your role may see has changed.</source>
        <translation>您的角色可见的数据范围已变更。</translation>
    </message>
    <message>
        <source>The copy is older than what the server still remembers.</source>
        <translation>本机副本早于服务器保留的变更记录。</translation>
    </message>
    <message>
        <source>The server was restored from a backup. What you saved and it has not got goes out as always.</source>
        <translation>服务器已从备份恢复。您已保存而服务器没有的内容会照常送出。</translation>
    </message>
    <message>
        <source>The copy was not the same as the server&apos;s data.</source>
        <translation>本机副本与服务器数据不一致。</translation>
    </message>
    <message>
        <source>The copy on this computer was damaged.</source>
        <translation>本机副本已损坏。</translation>
    </message>
    <message>
        <source>You asked for it.</source>
        <translation>由您发起。</translation>
    </message>
    <message>
        <source>{number} entries of another agent wait here until she signs in.</source>
        <translation>另一位坐席有 {number} 条记录在本机等待其登录后送出。</translation>
    </message>
    <message>
        <source>You are signed out, and customers, calls and articles are deleted from this computer. The server keeps everything.</source>
        <translation>您将退出登录，客户、来电和知识将从本机删除。服务器上的数据全部保留。</translation>
    </message>
    <message>
        <source>{number} entries that the server does not have yet stay here, encrypted, until you sign in on this computer again.</source>
        <translation>服务器尚未收到的 {number} 条记录加密保留在本机，待您再次在本机登录后送出。</translation>
    </message>
</context>
<context>
    <name>LocalCopyFlyout</name>
    <message>
        <source>This computer&apos;s copy of the centre</source>
        <translation>本机的中心数据副本</translation>
    </message>
    <message>
        <source>Forget this computer …</source>
        <translation>清除本机数据 …</translation>
    </message>
</context>
<context>
    <name>LocalCopyModel</name>
    <message>
        <source>Stop fetching</source>
        <translation>停止同步</translation>
    </message>
    <message>
        <source>Go on fetching</source>
        <translation>继续同步</translation>
    </message>
    <message>
        <source>Fetch everything anew</source>
        <translation>重新全部取回</translation>
    </message>
</context>
<context>
    <name>LookPage</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
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
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>自检</translation>
    </message>
    <message>
        <source>This computer&apos;s copy of the centre</source>
        <translation>本机的中心数据副本</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
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
    <name>ModulePopup</name>
    <message>
        <source>Ready-made sentences</source>
        <translation>常用语</translation>
    </message>
</context>
<context>
    <name>MovedNotice</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>MyDayModel</name>
    <message>
        <source>My day: {day}</source>
        <translation>我的一天：{day}</translation>
    </message>
    <message>
        <source>Calls taken</source>
        <translation>接听来电</translation>
    </message>
    <message>
        <source>Calls made</source>
        <translation>拨出去电</translation>
    </message>
    <message>
        <source>Calls missed</source>
        <translation>未接来电</translation>
    </message>
    <message>
        <source>Talk time</source>
        <translation>通话时长</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>整理</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>签入时长</translation>
    </message>
    <message>
        <source>Summaries saved</source>
        <translation>保存小结</translation>
    </message>
    <message>
        <source>Articles quoted</source>
        <translation>引用知识</translation>
    </message>
    <message>
        <source>The centre&apos;s figures are shown when at least three agents have told of this day, so that nobody is singled out; as of {time}.</source>
        <translation>至少有三位坐席上报当天数据后才显示中心的数据，以免暴露个人情况；截至 {time}。</translation>
    </message>
    <message>
        <source>Calls graded</source>
        <translation>获评价的来电</translation>
    </message>
    <message>
        <source>Callers satisfied</source>
        <translation>满意</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Centre, median</source>
        <translation>中心中位数</translation>
    </message>
    <message>
        <source>No caller of this day has graded a call of yours yet.</source>
        <translation>这一天还没有来电人评价您的通话。</translation>
    </message>
    <message>
        <source>The centre&apos;s share is shown with grades of three agents or more.</source>
        <translation>至少三名坐席获得评价后，才显示全中心的满意率。</translation>
    </message>
    <message>
        <source>The centre is being asked …</source>
        <translation>正在询问中心…</translation>
    </message>
    <message>
        <source>To compare with the centre, the server is needed.</source>
        <translation>与中心比较需要连接服务器。</translation>
    </message>
    <message>
        <source>Compared with {number} agents of the centre, without names; as of {time}.</source>
        <translation>与中心 {number} 位坐席比较，不含姓名；截至 {time}。</translation>
    </message>
    <message>
        <source>Compared with {number} agents of the centre, without names, as of {time}; the server is away.</source>
        <translation>与中心 {number} 位坐席比较，不含姓名，截至 {time}；服务器当前连不上。</translation>
    </message>
    <message>
        <source>Nothing was written down on this day.</source>
        <translation>这一天没有记录。</translation>
    </message>
    <message>
        <source>Average call</source>
        <translation>平均通话</translation>
    </message>
    <message>
        <source>none graded yet</source>
        <translation>尚无评价</translation>
    </message>
    <message>
        <source>{satisfied} of {graded}, {percent}</source>
        <translation>{graded} 人中 {satisfied} 人，{percent}</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Pauses</source>
        <translation>示忙与休息</translation>
    </message>
</context>
<context>
    <name>MyDayPage</name>
    <message>
        <source>Today and the last days</source>
        <translation>今天和最近几天</translation>
    </message>
    <message>
        <source>The day in numbers</source>
        <translation>当天的数据</translation>
    </message>
    <message>
        <source>Minutes of each hour</source>
        <translation>每小时的分钟数</translation>
    </message>
    <message>
        <source>Satisfied callers of a hundred</source>
        <translation>每百名评价者中的满意人数</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>Notice</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读</translation>
    </message>
</context>
<context>
    <name>NoticeCardModel</name>
    <message>
        <source>Must be read · 1 of {number}</source>
        <translation>必读公告 · 第 1 条，共 {number} 条</translation>
    </message>
    <message>
        <source>Must be read</source>
        <translation>必读公告</translation>
    </message>
</context>
<context>
    <name>NoticesModel</name>
    <message>
        <source>read {when}</source>
        <translation>{when} 已读</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>未读</translation>
    </message>
    <message>
        <source>Who has read it is asked of the server …</source>
        <translation>正在向服务器查询阅读情况……</translation>
    </message>
    <message>
        <source>Who has read it cannot be asked now: {reason}</source>
        <translation>现在无法查询阅读情况：{reason}</translation>
    </message>
    <message>
        <source>Read by {done} of {all}</source>
        <translation>已读 {done} 人，共 {all} 人</translation>
    </message>
    <message>
        <source>holds from {when}</source>
        <translation>{when} 起生效</translation>
    </message>
    <message>
        <source>over since {when}</source>
        <translation>{when} 已失效</translation>
    </message>
    <message>
        <source>holds until {day}</source>
        <translation>有效至 {day}</translation>
    </message>
    <message>
        <source>must be read</source>
        <translation>必读</translation>
    </message>
    <message>
        <source>unread</source>
        <translation>未读</translation>
    </message>
</context>
<context>
    <name>NoticesPage</name>
    <message>
        <source>Notices</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>There are no notices. New ones come by themselves.</source>
        <translation>没有公告。有新公告时会自动出现。</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Who has read it</source>
        <translation>阅读情况</translation>
    </message>
    <message>
        <source>Write a notice</source>
        <translation>撰写公告</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读</translation>
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
    <message>
        <source>Another agent&apos;s</source>
        <translation>其他坐席的</translation>
    </message>
    <message>
        <source>It goes out when its author signs in on this seat.</source>
        <translation>待其本人在本机登录后发送。</translation>
    </message>
    <message>
        <source>After {who}, who was made here</source>
        <translation>在本机新建的 {who} 之后发送</translation>
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
        <source>Decide …</source>
        <translation>去处理…</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Saved on this seat and sent by itself as soon as the server answers.</source>
        <translation>已保存在本机，服务器一有应答就自动送出。</translation>
    </message>
    <message>
        <source>{number} waiting</source>
        <translation>待同步 {number}</translation>
    </message>
    <message>
        <source>the oldest for {time}</source>
        <translation>最早的已等 {time}</translation>
    </message>
    <message>
        <source>{number} to decide</source>
        <translation>待处理 {number}</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Desk</source>
        <translation>工作台</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>知识编辑</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>补充答案</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>My day</source>
        <translation>我的一天</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>公告</translation>
    </message>
</context>
<context>
    <name>PairView</name>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Leave them as they are</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Perhaps one and the same: {reasons}</source>
        <translation>可能是同一客户：{reasons}</translation>
    </message>
    <message>
        <source>Keep this one</source>
        <translation>保留这一个</translation>
    </message>
    <message>
        <source>Keep {name}</source>
        <translation>保留{name}</translation>
    </message>
    <message>
        <source>Choose which of the two stays.</source>
        <translation>请选择保留哪一个。</translation>
    </message>
    <message>
        <source>all conversations</source>
        <translation>全部往来记录</translation>
    </message>
    <message>
        <source>the notes, below the others</source>
        <translation>备注（附在原备注之后）</translation>
    </message>
    <message>
        <source>It gets from the other: {parts}. The other is not found any more. This cannot be undone.</source>
        <translation>从另一个得到：{parts}。另一个将不再能查到。此操作不可撤销。</translation>
    </message>
</context>
<context>
    <name>Pairs</name>
    <message>
        <source>mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>the server&apos;s</source>
        <translation>服务器的</translation>
    </message>
</context>
<context>
    <name>ParkedButton</name>
    <message>
        <source>Parked summaries</source>
        <translation>已挂起的小结</translation>
    </message>
</context>
<context>
    <name>ParkedFlyout</name>
    <message>
        <source>Parked summaries</source>
        <translation>已挂起的小结</translation>
    </message>
</context>
<context>
    <name>ParkedViewModel</name>
    <message>
        <source>Parked {number}</source>
        <translation>已挂起 {number}</translation>
    </message>
    <message>
        <source>Nothing is written yet</source>
        <translation>尚未填写</translation>
    </message>
</context>
<context>
    <name>Particulars</name>
    <message>
        <source>Particulars; a masked one can be shown</source>
        <translation>详细信息；隐藏的可查看</translation>
    </message>
    <message>
        <source>What do you need it for?</source>
        <translation>查看原因</translation>
    </message>
</context>
<context>
    <name>ParticularsModel</name>
    <message>
        <source>Asking the server …</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>Shown for 30 seconds; who looked and why is kept.</source>
        <translation>显示30秒；查看人和原因已记录。</translation>
    </message>
    <message>
        <source>This needs the server, and it cannot be reached. Try again when it is there.</source>
        <translation>此操作需要服务器，目前连接不上，请稍后再试。</translation>
    </message>
    <message>
        <source>The server does not show it: {reason}</source>
        <translation>服务器不予显示：{reason}</translation>
    </message>
    <message>
        <source>The server has no more than this.</source>
        <translation>服务器上也没有更完整的内容。</translation>
    </message>
    <message>
        <source>Check that the caller is who he says</source>
        <translation>核对来电人身份</translation>
    </message>
    <message>
        <source>Handle the caller&apos;s request</source>
        <translation>办理来电人的业务</translation>
    </message>
    <message>
        <source>Correct the customer&apos;s data</source>
        <translation>更正客户资料</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}：{value}</translation>
    </message>
    <message>
        <source>show …</source>
        <translation>查看…</translation>
    </message>
</context>
<context>
    <name>PhonePage</name>
    <message>
        <source>as the exchange</source>
        <translation>同交换机</translation>
    </message>
    <message>
        <source>as the extension</source>
        <translation>同分机</translation>
    </message>
    <message>
        <source>the system&apos;s</source>
        <translation>系统自带</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Register again</source>
        <translation>重新注册</translation>
    </message>
    <message>
        <source>Save and connect</source>
        <translation>保存并连接</translation>
    </message>
    <message>
        <source>UDP, not encrypted</source>
        <translation>UDP，不加密</translation>
    </message>
    <message>
        <source>TCP, not encrypted</source>
        <translation>TCP，不加密</translation>
    </message>
    <message>
        <source>TLS and SRTP, encrypted</source>
        <translation>TLS 与 SRTP，加密</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>分机</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>传输方式</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>SIP domain</source>
        <translation>SIP 域</translation>
    </message>
    <message>
        <source>Sign-in name</source>
        <translation>登录名</translation>
    </message>
</context>
<context>
    <name>PhoneSettingsModel</name>
    <message>
        <source>The practice centre has no exchange: there is nothing to set up here.</source>
        <translation>练习中心没有交换机，这里无需设置。</translation>
    </message>
    <message>
        <source>The password is kept in this system&apos;s keyring.</source>
        <translation>密码保存在本机的密钥环中。</translation>
    </message>
    <message>
        <source>This system has no keyring: the password is known until Zuoxi ends, and asked for at the next start.</source>
        <translation>本机没有密钥环：密码只保留到坐席程序退出，下次启动要重新输入。</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>还没有密码</translation>
    </message>
    <message>
        <source>The phone is starting.</source>
        <translation>电话正在启动。</translation>
    </message>
    <message>
        <source>Not registered anywhere: no exchange is set.</source>
        <translation>尚未设置交换机，没有注册。</translation>
    </message>
    <message>
        <source>Extension {number} is registered.</source>
        <translation>分机 {number} 已注册。</translation>
    </message>
    <message>
        <source>Extension {number} is not registered. {why}</source>
        <translation>分机 {number} 未注册。{why}</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>During a call the account cannot be changed.</source>
        <translation>通话中不能更改账户。</translation>
    </message>
    <message>
        <source>Enter the password of this extension.</source>
        <translation>请输入该分机的密码。</translation>
    </message>
    <message>
        <source>The last change is still under way.</source>
        <translation>上一次更改还在进行。</translation>
    </message>
    <message>
        <source>In force, but the keyring did not take the password: {why}</source>
        <translation>已生效，但密钥环没有保存密码：{why}</translation>
    </message>
</context>
<context>
    <name>PickUpFlyout</name>
    <message>
        <source>Calls that ring at colleagues&apos;</source>
        <translation>同事处正在振铃的来电</translation>
    </message>
    <message>
        <source>Nothing rings at a colleague&apos;s just now.</source>
        <translation>目前没有同事处的来电在振铃。</translation>
    </message>
    <message>
        <source>Pick up  Enter</source>
        <translation>抢接  回车</translation>
    </message>
</context>
<context>
    <name>PickUpModel</name>
    <message>
        <source>Number withheld</source>
        <translation>未显示号码</translation>
    </message>
    <message>
        <source>rings at {extension} {name} since {time}</source>
        <translation>在 {extension} {name} 处振铃，始于 {time}</translation>
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
    <name>PromiseButton</name>
    <message>
        <source>Callback</source>
        <translation>约定回呼</translation>
    </message>
    <message>
        <source>Promise a callback</source>
        <translation>约定回呼</translation>
    </message>
</context>
<context>
    <name>PromiseFlyout</name>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>15:30 · mt 9 (tomorrow) · +30 (minutes) · 3-15 14</source>
        <translation>15:30 · mt 9（明天）· +30（分钟）· 3-15 14</translation>
    </message>
    <message>
        <source>Put into the follow-up  Enter</source>
        <translation>写入后续  回车</translation>
    </message>
    <message>
        <source>Promise {who} a callback</source>
        <translation>约定回呼：{who}</translation>
    </message>
</context>
<context>
    <name>PromiseViewModel</name>
    <message>
        <source>This summary is saved already.</source>
        <translation>这条小结已经保存。</translation>
    </message>
    <message>
        <source>Type the number to call.</source>
        <translation>请填写要回呼的号码。</translation>
    </message>
    <message>
        <source>Not a time to come: try 15:30, mt 9, +30, 3-15 9.</source>
        <translation>不是将来的时间：可填 15:30、明天9点、+30、3-15 9。</translation>
    </message>
    <message>
        <source>Callback promised: {number}, {when}</source>
        <translation>约定回呼：{number}，{when}</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>Record</name>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>客户分类</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>ID number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Other fields</source>
        <translation>其他字段</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>In force from</source>
        <translation>生效日</translation>
    </message>
    <message>
        <source>In force until</source>
        <translation>失效日</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>审核意见</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>业务分类</translation>
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
        <source>Caller</source>
        <translation>来电人</translation>
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
        <source>What was asked</source>
        <translation>问的是什么</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>缺什么</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>Number to call back</source>
        <translation>回电号码</translation>
    </message>
    <message>
        <source>Who must answer</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>办理期限</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>个人</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已办结</translation>
    </message>
</context>
<context>
    <name>RecordFilters</name>
    <message>
        <source>Search the history</source>
        <translation>搜索历史</translation>
    </message>
    <message>
        <source>Number, name as it was then, words of question or answer</source>
        <translation>号码、当时的姓名、问题或答复中的词</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>谁的记录</translation>
    </message>
    <message>
        <source>Which way</source>
        <translation>呼叫方向</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>业务分类</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>是否接听</translation>
    </message>
    <message>
        <source>Caller&apos;s grade</source>
        <translation>来电人评价</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>同步状态</translation>
    </message>
    <message>
        <source>From this day</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>To this day</source>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>全部队列</translation>
    </message>
    <message>
        <source>All categories</source>
        <translation>全部分类</translation>
    </message>
</context>
<context>
    <name>RecordPanel</name>
    <message>
        <source>Choose a call to read it. ↑ ↓ goes from one to the next.</source>
        <translation>选择一条记录查看详情，↑ ↓ 切换上一条、下一条。</translation>
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
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>后续</translation>
    </message>
    <message>
        <source>Quoted articles; Enter opens one</source>
        <translation>引用的知识，按回车打开</translation>
    </message>
    <message>
        <source>Quoted articles</source>
        <translation>引用的知识</translation>
    </message>
    <message>
        <source>Today: {name}</source>
        <translation>现名：{name}</translation>
    </message>
    <message>
        <source>{number} into the dial field</source>
        <translation>把 {number} 填入拨号框</translation>
    </message>
    <message>
        <source>Into the dial field; dialling is a second act</source>
        <translation>填入拨号框，不会直接拨出</translation>
    </message>
    <message>
        <source>Open the customer</source>
        <translation>打开客户资料</translation>
    </message>
    <message>
        <source>you</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Talked</source>
        <translation>通话时长</translation>
    </message>
    <message>
        <source>By</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Caller&apos;s grade</source>
        <translation>来电人评价</translation>
    </message>
    <message>
        <source>Passed on to</source>
        <translation>转给</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>业务分类</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>已尝试</translation>
    </message>
    <message>
        <source>{number} times</source>
        <translation>{number} 次</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>未接听</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>第 {number} 版</translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>Number withheld</source>
        <translation>未显示号码</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>sent back</source>
        <translation>被退回</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>未接</translation>
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
        <source>The centre has it.</source>
        <translation>中心已收到。</translation>
    </message>
    <message>
        <source>Saved on this seat; it goes out by itself as soon as the server answers.</source>
        <translation>已保存在本机（待同步），服务器恢复后自动发送。</translation>
    </message>
    <message>
        <source>Somebody changed the same meanwhile. Decide which stays: {key}.</source>
        <translation>其间有人改了同一内容，请决定保留哪一份：{key}。</translation>
    </message>
    <message>
        <source>The server sent it back. Put it right: {key}.</source>
        <translation>服务器退回了这条记录，请改正：{key}。</translation>
    </message>
    <message>
        <source>A call of this seat; no summary of it is saved.</source>
        <translation>本机的一次通话，尚未保存小结。</translation>
    </message>
    <message>
        <source>{name} (key {digit}), counts as satisfied</source>
        <translation>{name}（按键 {digit}），计为满意</translation>
    </message>
    <message>
        <source>{name} (key {digit}), not as satisfied</source>
        <translation>{name}（按键 {digit}），不计为满意</translation>
    </message>
    <message>
        <source>Graded or not</source>
        <translation>评价不限</translation>
    </message>
    <message>
        <source>Satisfied</source>
        <translation>满意</translation>
    </message>
    <message>
        <source>Not satisfied</source>
        <translation>不满意</translation>
    </message>
    <message>
        <source>Not graded</source>
        <translation>未评价</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>全部日期</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>From – to</source>
        <translation>起止日期</translation>
    </message>
    <message>
        <source>In and out</source>
        <translation>呼入呼出</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>呼入</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>呼出</translation>
    </message>
    <message>
        <source>Answered or not</source>
        <translation>接听与否</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已接听</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>未接听</translation>
    </message>
    <message>
        <source>Sent or not</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>待决定</translation>
    </message>
    <message>
        <source>At the centre</source>
        <translation>已同步</translation>
    </message>
    <message>
        <source>No summary</source>
        <translation>无小结</translation>
    </message>
    <message>
        <source>Everybody&apos;s</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
</context>
<context>
    <name>RecordsModel</name>
    <message>
        <source>{number} found; looking further back than {day} …</source>
        <translation>已找到 {number} 条，正在查找{day}之前的…</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>The newest {number}; older ones as you go down.</source>
        <translation>最新的 {number} 条，向下滚动加载更早的。</translation>
    </message>
    <message>
        <source>{number} in all.</source>
        <translation>共 {number} 条。</translation>
    </message>
    <message>
        <source>Nothing fits. Fewer words, more days or “Show all” find more.</source>
        <translation>没有符合的记录。减少词语、放宽日期或点“显示全部”可找到更多。</translation>
    </message>
    <message>
        <source>Nothing was said yet: the first call will stand here.</source>
        <translation>还没有记录，第一通电话会显示在这里。</translation>
    </message>
    <message>
        <source>you</source>
        <translation>您</translation>
    </message>
    <message>
        <source>today&apos;s name</source>
        <translation>现名</translation>
    </message>
</context>
<context>
    <name>RecordsPage</name>
    <message>
        <source>Calls and their summaries, the newest first</source>
        <translation>通话及小结，最新的在前</translation>
    </message>
</context>
<context>
    <name>Related</name>
    <message>
        <source>Related</source>
        <translation>相关条目</translation>
    </message>
    <message>
        <source>Articles about the same</source>
        <translation>内容相近的条目</translation>
    </message>
</context>
<context>
    <name>SaveStatusViewModel</name>
    <message>
        <source>Not kept on disk: {reason}</source>
        <translation>未能存盘：{reason}</translation>
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
        <translation>尚未保存：见上方</translation>
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
    <name>ScopeLine</name>
    <message>
        <source>Category</source>
        <translation>业务分类</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>现行有效</translation>
    </message>
    <message>
        <source>Only what is in force today</source>
        <translation>只看今天有效的</translation>
    </message>
    <message>
        <source>All categories</source>
        <translation>全部分类</translation>
    </message>
    <message>
        <source>All regions</source>
        <translation>全部地区</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>整个分类</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation>清空搜索</translation>
    </message>
</context>
<context>
    <name>SearchViewModel</name>
    <message>
        <source>At hand: favourites, read lately, used most</source>
        <translation>手边：收藏、最近看过、常用</translation>
    </message>
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
        <source>favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>read lately</source>
        <translation>最近看过</translation>
    </message>
    <message>
        <source>used often</source>
        <translation>常用</translation>
    </message>
    <message>
        <source>not in force</source>
        <translation>未生效或已失效</translation>
    </message>
</context>
<context>
    <name>SelfTestModel</name>
    <message>
        <source>Not during a call.</source>
        <translation>通话中不能自检。</translation>
    </message>
    <message>
        <source>The phone is not ready yet; try again in a moment.</source>
        <translation>电话还没有就绪，请稍后再试。</translation>
    </message>
    <message>
        <source>Put the headset on. The test takes about 20 s; a real call ends it at once.</source>
        <translation>请戴好耳机。自检约 20 秒；有真实来电时立即结束。</translation>
    </message>
    <message>
        <source>Speak as with a caller: say your name and count to ten.</source>
        <translation>像接电话一样说话：报姓名，再从一数到十。</translation>
    </message>
    <message>
        <source>It should ring now. Do you hear it?</source>
        <translation>现在应当在响铃。听到了吗？</translation>
    </message>
    <message>
        <source>A recorded voice goes to the exchange and back. Just listen.</source>
        <translation>一段录音正送到交换机再送回，请听。</translation>
    </message>
    <message>
        <source>The test was ended before it was finished.</source>
        <translation>自检没有做完就结束了。</translation>
    </message>
    <message>
        <source>Not ready for callers yet: see what is marked.</source>
        <translation>还不能接电话，请看标出的各项。</translation>
    </message>
    <message>
        <source>Your headset is ready. There is no exchange here to try.</source>
        <translation>耳机就绪。这里没有交换机可试。</translation>
    </message>
    <message>
        <source>All is well: ready for callers.</source>
        <translation>一切正常，可以接电话。</translation>
    </message>
    <message>
        <source>the microphone</source>
        <translation>话筒</translation>
    </message>
    <message>
        <source>{name} hears you well</source>
        <translation>{name} 收音正常</translation>
    </message>
    <message>
        <source>{name} hears you too quietly: move it nearer to the mouth</source>
        <translation>{name} 收音太轻：请靠近嘴边</translation>
    </message>
    <message>
        <source>{name} is too loud: turn its level down or move it away</source>
        <translation>{name} 声音过大：请调低音量或移远一些</translation>
    </message>
    <message>
        <source>{name} gives only silence: is its own switch off?</source>
        <translation>{name} 没有声音：设备上的开关关了吗？</translation>
    </message>
    <message>
        <source>There is no microphone</source>
        <translation>没有话筒</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>话筒</translation>
    </message>
    <message>
        <source>not heard on {names}: choose another device</source>
        <translation>{names} 上听不到：请换一个设备</translation>
    </message>
    <message>
        <source>heard on {names}</source>
        <translation>{names} 上听到了</translation>
    </message>
    <message>
        <source>rang on {names}</source>
        <translation>已在 {names} 上响铃</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>响铃</translation>
    </message>
    <message>
        <source>your voice reaches the exchange and comes back</source>
        <translation>声音送到交换机并送回</translation>
    </message>
    <message>
        <source>the voice came back, but the line is bad</source>
        <translation>声音送回了，但线路质量差</translation>
    </message>
    <message>
        <source>answered, but no voice came back</source>
        <translation>已接通，但没有声音送回</translation>
    </message>
    <message>
        <source>the exchange did not answer the echo call</source>
        <translation>交换机没有应答回声测试</translation>
    </message>
    <message>
        <source>left out: there is no exchange here</source>
        <translation>略过：这里没有交换机</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>quality ≈ {mos} of 4.5 (estimate) · lost {loss} % · jitter {jitter} ms · there and back {round_trip} ms · {secrecy}</source>
        <translation>质量 ≈ {mos}，满分 4.5（估计） · 丢包 {loss}% · 抖动 {jitter} 毫秒 · 往返 {round_trip} 毫秒 · {secrecy}</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>已加密</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>未加密</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>线路</translation>
    </message>
</context>
<context>
    <name>SelfTestWindow</name>
    <message>
        <source>Self-test</source>
        <translation>自检</translation>
    </message>
    <message>
        <source>I hear it</source>
        <translation>听到了</translation>
    </message>
    <message>
        <source>I hear nothing</source>
        <translation>没听到</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>How far the test is</source>
        <translation>自检进度</translation>
    </message>
    <message>
        <source>Your voice; it should reach the marked part</source>
        <translation>您的声音，应达到标出的一段</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Dialling</source>
        <translation>拨号</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
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
        <source>The server does not answer, and it has not confirmed you for too long. Sign in when it is back; what you saved is kept on this seat.</source>
        <translation>服务器没有应答，且已太久没有确认您的身份。请在服务器恢复后登录；您保存的内容仍在本机。</translation>
    </message>
    <message>
        <source>Your password is a new one; the data on this seat are locked with the one before. Enter that one once, and from then on the new one opens them.</source>
        <translation>你的密码已更换，本机的数据仍由之前的密码锁着。请输入一次之前的密码，以后用新密码即可打开。</translation>
    </message>
    <message>
        <source>This is not the password before, either. Nothing is deleted; if you do not know it any more, ask your administrator.</source>
        <translation>这也不是之前的密码。没有删除任何内容；如果已不记得，请联系管理员。</translation>
    </message>
    <message>
        <source>The server is back. Sign in, and what waits on this seat goes out.</source>
        <translation>服务器已恢复。请登录，本机待同步的内容随即发送。</translation>
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
    <name>SoundModel</name>
    <message>
        <source>None chosen: it rings on {names}.</source>
        <translation>未选择：在 {names} 上响铃。</translation>
    </message>
    <message>
        <source>None chosen, and nothing is plugged in that could ring.</source>
        <translation>未选择，也没有接入可以响铃的设备。</translation>
    </message>
</context>
<context>
    <name>SoundPage</name>
    <message>
        <source>Microphone</source>
        <translation>话筒</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>听筒</translation>
    </message>
    <message>
        <source>Self-test …</source>
        <translation>自检…</translation>
    </message>
    <message>
        <source>Ring volume</source>
        <translation>铃声音量</translation>
    </message>
    <message>
        <source>The first of each list that is plugged in is used, now and at every change.</source>
        <translation>使用各列表中第一个已接入的设备；插拔时重新选择。</translation>
    </message>
    <message>
        <source>Microphone, ring and an echo call to the exchange in 20 s:</source>
        <translation>话筒、响铃、交换机回声，共 20 秒：</translation>
    </message>
    <message>
        <source>Your voice now; it should reach the marked part</source>
        <translation>您现在的声音，应达到标出的一段</translation>
    </message>
    <message>
        <source>Ring on</source>
        <translation>响铃设备</translation>
    </message>
    <message>
        <source>Stop ringing</source>
        <translation>停止响铃</translation>
    </message>
    <message>
        <source>Try the ring</source>
        <translation>试铃</translation>
    </message>
    <message>
        <source>{name} (not plugged in)</source>
        <translation>{name}（未接入）</translation>
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
        <source>Pick up {key}</source>
        <translation>抢接 {key}</translation>
    </message>
    <message>
        <source>Pick up a colleague&apos;s call</source>
        <translation>抢接同事的来电</translation>
    </message>
    <message>
        <source>Calls that ring at colleagues&apos;</source>
        <translation>同事处正在振铃的来电</translation>
    </message>
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
        <source>Its time is over: it waits for the summary, saved or parked.</source>
        <translation>整理已到时：保存或挂起小结后才空闲。</translation>
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
        <source>Ext. {number}: registering</source>
        <translation>分机 {number} 正在注册</translation>
    </message>
    <message>
        <source>Ext. {number}: not registered</source>
        <translation>分机 {number} 未注册</translation>
    </message>
    <message>
        <source>{number} refused that did not come from the exchange; last from {source}</source>
        <translation>拒绝了 {number} 次不是来自交换机的访问，最近来自 {source}</translation>
    </message>
    <message>
        <source>an unknown address</source>
        <translation>未知地址</translation>
    </message>
    <message>
        <source>{state} {share} %</source>
        <translation>{state} {share}%</translation>
    </message>
    <message>
        <source>{state} · clock differs</source>
        <translation>{state} · 时钟有偏差</translation>
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
        <source>Next call, you hear: {name}</source>
        <translation>下次通话，听：{name}</translation>
    </message>
    <message>
        <source>you speak into: {name}</source>
        <translation>说：{name}</translation>
    </message>
    <message>
        <source>it rings on: {names}</source>
        <translation>响铃：{names}</translation>
    </message>
    <message>
        <source>Headset: ready</source>
        <translation>耳机就绪</translation>
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
        <source>because of the question: {detail}</source>
        <translation>依据问题：{detail}</translation>
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
        <source>Basis</source>
        <translation>依据</translation>
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
        <source>by the queue {detail}</source>
        <translation>按队列：{detail}</translation>
    </message>
    <message>
        <source>by the article {detail}</source>
        <translation>按引用：{detail}</translation>
    </message>
    <message>
        <source>as in the call of {detail}: right?</source>
        <translation>按 {detail} 的来电，请核对</translation>
    </message>
    <message>
        <source>None of them</source>
        <translation>都不是</translation>
    </message>
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
        <source>say who it was</source>
        <translation>请选择来电人</translation>
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
    <name>TicketButton</name>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Make a ticket</source>
        <translation>登记工单</translation>
    </message>
</context>
<context>
    <name>TicketFlyout</name>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Who must answer</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>About</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Number to call back</source>
        <translation>回电号码</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>办理期限</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>提交</translation>
    </message>
</context>
<context>
    <name>TicketFormModel</name>
    <message>
        <source>choose …</source>
        <translation>请选择…</translation>
    </message>
    <message>
        <source>none set up: ask the administrator</source>
        <translation>尚未设置，请联系管理员</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Ticket for {who}</source>
        <translation>登记工单：{who}</translation>
    </message>
    <message>
        <source>The deadline is proposed once it is known who must answer.</source>
        <translation>选定承办单位后自动给出期限。</translation>
    </message>
    <message>
        <source>Not a time to come: try 3-15, mt 17, +2d.</source>
        <translation>不是将来的时间：可写 3-15、mt 17、+2d。</translation>
    </message>
    <message>
        <source>Ticket “{title}” → {unit}, due {when}</source>
        <translation>工单“{title}” → {unit}，期限 {when}</translation>
    </message>
</context>
<context>
    <name>Tickets</name>
    <message>
        <source>Question</source>
        <translation>咨询</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>Tip-off</source>
        <translation>举报</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>求助</translation>
    </message>
    <message>
        <source>Fault report</source>
        <translation>报修</translation>
    </message>
    <message>
        <source>say what it is about</source>
        <translation>请写明标题</translation>
    </message>
    <message>
        <source>choose who must answer</source>
        <translation>请选择承办单位</translation>
    </message>
    <message>
        <source>not a time to come</source>
        <translation>不是将来的时间</translation>
    </message>
    <message>
        <source>1 working day</source>
        <translation>1 个工作日</translation>
    </message>
    <message>
        <source>{number} working days</source>
        <translation>{number} 个工作日</translation>
    </message>
    <message>
        <source>without the holidays {days}</source>
        <translation>不含节假日 {days}</translation>
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
    <name>ToldBox</name>
    <message>
        <source>People to call back</source>
        <translation>待回访名单</translation>
    </message>
    <message>
        <source>Enter puts the number into the dial field; dialling is a second act.</source>
        <translation>回车把号码填入拨号栏；拨打须另行操作。</translation>
    </message>
    <message>
        <source>← Draft</source>
        <translation>← 草稿</translation>
    </message>
    <message>
        <source>Back to the draft</source>
        <translation>返回草稿</translation>
    </message>
</context>
<context>
    <name>ToldModel</name>
    <message>
        <source>Told an older answer: {title}</source>
        <translation>听到旧答复的来电人：{title}</translation>
    </message>
    <message>
        <source>Only the server knows who was told what, and it is away now.</source>
        <translation>只有服务器知道谁听到了什么，现在连接不上。</translation>
    </message>
    <message>
        <source>Who was told what is for supervisors and editors.</source>
        <translation>只有班长和知识库管理员可以查看谁听到了什么。</translation>
    </message>
    <message>
        <source>The server is asked …</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>calls: {count}</source>
        <translation>{count} 通</translation>
    </message>
    <message>
        <source>Nobody was told a version before {number}.</source>
        <translation>没有人听到第 {number} 版之前的答复。</translation>
    </message>
    <message>
        <source>{count} calls quoted a version before {number}.</source>
        <translation>有 {count} 通电话引用了第 {number} 版之前的答复。</translation>
    </message>
    <message>
        <source>A supervisor sees who they were and can have them called back.</source>
        <translation>班长可查看名单并安排回访。</translation>
    </message>
    <message>
        <source>told the new answer {when}</source>
        <translation>{when} 已告知新答复</translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>第 {number} 版</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>号码未显示</translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>{number} {name}</source>
        <translation>{number} {name}</translation>
    </message>
    <message>
        <source>Asking {who} …</source>
        <translation>正在呼叫 {who}…</translation>
    </message>
    <message>
        <source>{who} is on the line</source>
        <translation>{who} 已接通</translation>
    </message>
    <message>
        <source>Passing on to {who} …</source>
        <translation>正在转给 {who}…</translation>
    </message>
    <message>
        <source>Not passed on: {why}</source>
        <translation>未转成：{why}</translation>
    </message>
    <message>
        <source>Passed on to {who}</source>
        <translation>已转给 {who}</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>忙</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒接</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>无法接通</translation>
    </message>
    <message>
        <source>they hung up</source>
        <translation>对方挂断</translation>
    </message>
    <message>
        <source>the caller hung up</source>
        <translation>来电人已挂断</translation>
    </message>
    <message>
        <source>the connection was lost</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>不是号码</translation>
    </message>
    <message>
        <source>the phone is not ready</source>
        <translation>电话未就绪</translation>
    </message>
    <message>
        <source>no exchange here</source>
        <translation>这里没有交换机</translation>
    </message>
    <message>
        <source>all lines in use</source>
        <translation>线路已满</translation>
    </message>
    <message>
        <source>{caller} was not passed on to {who}: {why}.</source>
        <translation>{caller} 未能转给 {who}：{why}。</translation>
    </message>
    <message>
        <source>{caller} was not passed on to {who}: {why}. The call is still yours.</source>
        <translation>{caller} 未能转给 {who}：{why}。来电人仍在您这里。</translation>
    </message>
    <message>
        <source>Not joined: one call ended</source>
        <translation>未能三方：有一方已挂断</translation>
    </message>
    <message>
        <source>Not joined: the phone refused</source>
        <translation>未能三方：电话拒绝</translation>
    </message>
    <message>
        <source>You are still in it: the exchange did not take the others</source>
        <translation>您仍在三方中：交换机没有接手</translation>
    </message>
    <message>
        <source>You are still in it: the exchange has no room for the others</source>
        <translation>您仍在三方中：交换机没有空会议室</translation>
    </message>
</context>
<context>
    <name>TransferFlyout</name>
    <message>
        <source>Transfer</source>
        <translation>转接</translation>
    </message>
    <message>
        <source>Name, extension, queue or number</source>
        <translation>姓名、分机、队列或号码</translation>
    </message>
    <message>
        <source>Whom to transfer the call to</source>
        <translation>转给谁</translation>
    </message>
    <message>
        <source>Who can take the call</source>
        <translation>可以转接的对象</translation>
    </message>
    <message>
        <source>Nobody by this name. Type a whole number to call it.</source>
        <translation>没有这个人。可键入完整号码。</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>Ask first</source>
        <translation>先咨询</translation>
    </message>
    <message>
        <source>Pass on now</source>
        <translation>直接转出</translation>
    </message>
    <message>
        <source>The caller waits with music while you ask; Esc closes this list.</source>
        <translation>咨询时来电人听音乐等待；Esc 关闭。</translation>
    </message>
    <message>
        <source>Transfer {who}</source>
        <translation>转接 {who}</translation>
    </message>
</context>
<context>
    <name>TransferModel</name>
    <message>
        <source>There is no exchange in the practice centre to pass calls on.</source>
        <translation>练习中心没有交换机，不能转接。</translation>
    </message>
    <message>
        <source>The server is away: colleagues are not known. Type a number.</source>
        <translation>服务器不在线，不知道同事状态，请键入号码。</translation>
    </message>
    <message>
        <source>The server is away: who is free was known at {time}.</source>
        <translation>服务器不在线，以下是 {time} 的状态。</translation>
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
    <name>Troubles</name>
    <message>
        <source>a withheld number</source>
        <translation>未显示号码</translation>
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
        <source>You are speaking, but you are muted: nobody hears you.</source>
        <translation>您在说话，但已静音，对方听不到。</translation>
    </message>
    <message>
        <source>Unmute  {key}</source>
        <translation>取消静音  {key}</translation>
    </message>
    <message>
        <source>No sound arrives from {who}. The call is still up: please wait.</source>
        <translation>听不到 {who} 的声音，通话还在，请稍候。</translation>
    </message>
    <message>
        <source>No sound has arrived from {who} for 20 s: the connection is probably gone.</source>
        <translation>{who} 已有 20 秒没有声音，线路可能断了。</translation>
    </message>
    <message>
        <source>Hang up  {key}</source>
        <translation>挂断  {key}</translation>
    </message>
    <message>
        <source>“{name}” gives only silence: the caller does not hear you. Is its own switch off?</source>
        <translation>“{name}”没有声音，对方听不到您。设备上的开关关了吗？</translation>
    </message>
    <message>
        <source>Open the sound settings</source>
        <translation>打开声音设置</translation>
    </message>
    <message>
        <source>The server did not take {number} of your entries. Look at them.</source>
        <translation>有 {number} 条记录服务器没有接收，请查看。</translation>
    </message>
    <message>
        <source>Open the inbox</source>
        <translation>去处理</translation>
    </message>
    <message>
        <source>Fetching the centre&apos;s data: {done} of {all} rows.</source>
        <translation>正在取回中心数据：{done} / {all} 行。</translation>
    </message>
    <message>
        <source>Fetching the centre&apos;s data; go on working. {progress}</source>
        <translation>正在取回中心数据，可照常工作。{progress}</translation>
    </message>
    <message>
        <source>Fetching the centre&apos;s data was stopped; this computer has not all.</source>
        <translation>取回中心数据已停止，本机数据不完整。</translation>
    </message>
    <message>
        <source>Go on fetching</source>
        <translation>继续同步</translation>
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
        <source>The centre&apos;s data were fetched anew. {reason}</source>
        <translation>中心数据已重新取回。{reason}</translation>
    </message>
    <message>
        <source>Signed in without the server, until {date}.</source>
        <translation>已在无服务器的情况下登录，有效至 {date}。</translation>
    </message>
    <message>
        <source>The centre&apos;s data could not all be deleted from this computer: {why}</source>
        <translation>中心数据未能从本机全部删除：{why}</translation>
    </message>
    <message>
        <source>The centre has ended your session and its data were deleted from this computer. {number} entries of yours are kept until you sign in here again.</source>
        <translation>中心已结束您的登录，中心数据已从本机删除。您的 {number} 条记录保留到您再次在此登录。</translation>
    </message>
    <message>
        <source>Something in Zuoxi went wrong at {time}; it was written down. Go on working.</source>
        <translation>程序在 {time} 出了差错，已记录在案，请继续工作。</translation>
    </message>
    <message>
        <source>The local copy of the centre&apos;s data could not be read and is fetched again. The old file is kept as {name}.</source>
        <translation>本机的中心数据副本无法读取，正在重新获取。原文件保留为 {name}。</translation>
    </message>
    <message>
        <source>The file of your drafts and unsent work was damaged. Saved from it: {drafts} drafts and {outbox} unsent entries.</source>
        <translation>存放草稿和待同步内容的文件已损坏。已从中救回：草稿 {drafts} 份，待同步 {outbox} 条。</translation>
    </message>
    <message>
        <source>{lost} could not be read and are lost.</source>
        <translation>有 {lost} 条无法读取，已丢失。</translation>
    </message>
    <message>
        <source>More may be missing; nobody can tell.</source>
        <translation>可能还有缺失，无法确定。</translation>
    </message>
    <message>
        <source>Nothing is missing.</source>
        <translation>没有缺失。</translation>
    </message>
    <message>
        <source>Some of it is as it was when the desk was last opened or closed.</source>
        <translation>其中一部分是上次打开或关闭坐席时的内容。</translation>
    </message>
    <message>
        <source>The old file is kept as {name}.</source>
        <translation>原文件保留为 {name}。</translation>
    </message>
    <message>
        <source>Your account is also signed in from this computer, since {time}. If that was not you, tell the supervisor.</source>
        <translation>您的账号自 {time} 起还在本机的另一处登录。如非本人操作，请告知班长。</translation>
    </message>
    <message>
        <source>Your account is also signed in at {seat}, since {time}. If that was not you, tell the supervisor.</source>
        <translation>您的账号自 {time} 起还在 {seat} 登录。如非本人操作，请告知班长。</translation>
    </message>
    <message>
        <source>The phone is starting. Calls can come in a moment.</source>
        <translation>电话正在启动，马上就可以接听。</translation>
    </message>
    <message>
        <source>The phone stopped at {time} and is being started again. Please wait; what you typed is kept.</source>
        <translation>电话程序在 {time} 停止，正在重新启动。请稍候，已输入的内容都在。</translation>
    </message>
    <message>
        <source>Extension {number} is being registered.</source>
        <translation>分机 {number} 正在注册。</translation>
    </message>
    <message>
        <source>No call can reach you: extension {number} is not registered. {why}</source>
        <translation>打不进来：分机 {number} 未注册。{why}</translation>
    </message>
    <message>
        <source>Register again</source>
        <translation>重新注册</translation>
    </message>
    <message>
        <source>Open the phone settings</source>
        <translation>打开电话设置</translation>
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
        <source>No microphone is plugged in: the next caller would not hear you.</source>
        <translation>没有接入话筒，下一位来电人将听不到您。</translation>
    </message>
    <message>
        <source>No loudspeaker or headset is plugged in: you would hear nothing.</source>
        <translation>没有接入听筒或耳机，您将听不到声音。</translation>
    </message>
    <message>
        <source>No sound device is plugged in: plug in a headset before the next call.</source>
        <translation>没有接入声音设备，请在下次通话前插上耳机。</translation>
    </message>
    <message>
        <source>The sound is on “{now}” now.</source>
        <translation>声音现在在“{now}”上。</translation>
    </message>
    <message>
        <source>“{before}” was unplugged: the sound is on “{now}” now.</source>
        <translation>“{before}”已拔出，声音现在在“{now}”上。</translation>
    </message>
    <message>
        <source>Understood  {key}</source>
        <translation>知道了  {key}</translation>
    </message>
    <message>
        <source>Read the article  {key}</source>
        <translation>查看条目  {key}</translation>
    </message>
</context>
<context>
    <name>WaitingMarks</name>
    <message>
        <source>{number} reports wait for your answer</source>
        <translation>{number} 条报送待您答复</translation>
    </message>
    <message>
        <source>{number} unread notices</source>
        <translation>{number} 条未读公告</translation>
    </message>
</context>
<context>
    <name>WhoseBlock</name>
    <message>
        <source>Whose summary is it?</source>
        <translation>这条小结属于哪位来电人？</translation>
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
        <source>Three-way</source>
        <translation>三方</translation>
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
        <source>busy</source>
        <translation>忙</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒接</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>无法接通</translation>
    </message>
    <message>
        <source>Type a number first.</source>
        <translation>请先键入号码。</translation>
    </message>
    <message>
        <source>This is not a number that can be dialled.</source>
        <translation>这不是可以拨打的号码。</translation>
    </message>
    <message>
        <source>The phone is not ready yet; try again in a moment.</source>
        <translation>电话还没有就绪，请稍后再试。</translation>
    </message>
    <message>
        <source>There is no exchange here to dial through.</source>
        <translation>这里没有连接交换机，不能外拨。</translation>
    </message>
    <message>
        <source>All four lines are in use; end one first.</source>
        <translation>四条线路都在使用，请先结束一路。</translation>
    </message>
    <message>
        <source>It is being tried.</source>
        <translation>正在尝试。</translation>
    </message>
    <message>
        <source>The password is not the one that the exchange has.</source>
        <translation>密码与交换机上的不一致。</translation>
    </message>
    <message>
        <source>The exchange does not know this extension.</source>
        <translation>交换机不认识这个分机。</translation>
    </message>
    <message>
        <source>The exchange refused it.</source>
        <translation>交换机拒绝了注册。</translation>
    </message>
    <message>
        <source>The exchange does not answer; it is tried again by itself.</source>
        <translation>交换机没有应答，会自动重试。</translation>
    </message>
    <message>
        <source>This machine has no network to the exchange. Is the cable in?</source>
        <translation>本机连不到交换机，网线插好了吗？</translation>
    </message>
    <message>
        <source>What answers cannot prove that it is the exchange (certificate).</source>
        <translation>应答方不能证明自己是交换机（证书）。</translation>
    </message>
    <message>
        <source>The exchange has a fault; it is tried again by itself.</source>
        <translation>交换机有故障，会自动重试。</translation>
    </message>
    <message>
        <source>The link was empty.</source>
        <translation>链接是空的。</translation>
    </message>
    <message>
        <source>The link is too long.</source>
        <translation>链接太长。</translation>
    </message>
    <message>
        <source>There is no number in the link.</source>
        <translation>链接里没有号码。</translation>
    </message>
    <message>
        <source>The link is broken.</source>
        <translation>链接已损坏。</translation>
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
        <source>Server: not synchronised</source>
        <translation>服务器：未同步</translation>
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
        <source>Being sent</source>
        <translation>发送中</translation>
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
    <message>
        <source>Customer</source>
        <translation>来电人</translation>
    </message>
    <message>
        <source>Merging of customers</source>
        <translation>合并客户</translation>
    </message>
    <message>
        <source>Gap report</source>
        <translation>补充答案</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Notice read</source>
        <translation>公告已读</translation>
    </message>
    <message>
        <source>Article draft</source>
        <translation>知识草稿</translation>
    </message>
    <message>
        <source>Article to publish</source>
        <translation>发布知识</translation>
    </message>
</context>
<context>
    <name>WrapUpViewModel</name>
    <message>
        <source>Wrap-up {time}</source>
        <translation>整理 {time}</translation>
    </message>
    <message>
        <source>Time is over: save or park {who} to be ready</source>
        <translation>整理已到时：保存或挂起「{who}」后才空闲</translation>
    </message>
</context>
<context>
    <name>WriteBox</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Must be read</source>
        <translation>必读</translation>
    </message>
    <message>
        <source>Holds until</source>
        <translation>设有效期</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最后一日</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后再写</translation>
    </message>
    <message>
        <source>You had typed this and not published it.</source>
        <translation>这是您上次输入、尚未发布的内容。</translation>
    </message>
    <message>
        <source>Not kept on disk: {reason}</source>
        <translation>未能存盘：{reason}</translation>
    </message>
    <message>
        <source>a title is needed</source>
        <translation>请写标题</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>this day is over</source>
        <translation>这一天已经过去</translation>
    </message>
</context>
</TS>
