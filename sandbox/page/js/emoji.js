// A modest set of the names people and apps use most; an unknown name stays as it is written.
const NAMES = `white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ warning ⚠️
rotating_light 🚨 no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 exclamation ❗ question ❓ bangbang ‼️ information_source ℹ️
hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️ alarm_clock ⏰ timer_clock ⏲️ clock3 🕒 clock9 🕘 watch ⌚ calendar 📆 date 📅 spiral_calendar_pad 🗓️
bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 chart 💹 clipboard 📋 memo 📝 pencil ✏️ pencil2 ✏️ page_facing_up 📄 page_with_curl 📃
bookmark_tabs 📑 bookmark 🔖 books 📚 book 📖 open_book 📖 notebook 📓 ledger 📒 newspaper 📰 file_folder 📁 open_file_folder 📂 card_index 📇 card_file_box 🗃️
pushpin 📌 round_pushpin 📍 paperclip 📎 link 🔗 scissors ✂️ straight_ruler 📏 triangular_ruler 📐 mag 🔍 mag_right 🔎 lock 🔒 unlock 🔓 key 🔑
hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ nut_and_bolt 🔩 toolbox 🧰 bulb 💡 zap ⚡ fire 🔥 boom 💥 sparkles ✨ star ⭐ star2 🌟
tada 🎉 confetti_ball 🎊 trophy 🏆 medal 🏅 first_place_medal 🥇 dart 🎯 rocket 🚀 checkered_flag 🏁 triangular_flag_on_post 🚩 flag-cn 🇨🇳 flag-us 🇺🇸 flag-de 🇩🇪 flag-gb 🇬🇧
thumbsup 👍 +1 👍 thumbsdown 👎 -1 👎 clap 👏 raised_hands 🙌 pray 🙏 wave 👋 ok_hand 👌 muscle 💪 point_right 👉 point_left 👈 point_up ☝️ point_down 👇 raised_hand ✋ handshake 🤝 writing_hand ✍️ eyes 👀
smile 😄 smiley 😃 grinning 😀 grin 😁 joy 😂 slightly_smiling_face 🙂 wink 😉 blush 😊 heart_eyes 😍 sunglasses 😎 thinking_face 🤔 neutral_face 😐 confused 😕 disappointed 😞 cry 😢 sob 😭 scream 😱 sweat_smile 😅 sweat 😓 angry 😠 rage 😡 sleeping 😴 zzz 💤 partying_face 🥳 hugging_face 🤗 face_with_monocle 🧐 facepalm 🤦 shrug 🤷 robot_face 🤖 ghost 👻
heart ❤️ blue_heart 💙 green_heart 💚 yellow_heart 💛 broken_heart 💔 100 💯 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 speech_balloon 💬 thought_balloon 💭 left_speech_bubble 🗨️ email 📧 envelope ✉️ incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 package 📦 telephone_receiver 📞
computer 💻 desktop_computer 🖥️ keyboard ⌨️ printer 🖨️ floppy_disk 💾 electric_plug 🔌 battery 🔋 satellite_antenna 📡 bug 🐛 snail 🐌 turtle 🐢 dog 🐶 cat 🐱
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_red_square 🟥 large_green_square 🟩 large_yellow_square 🟨 white_large_square ⬜ black_large_square ⬛ small_orange_diamond 🔸 small_blue_diamond 🔹 small_red_triangle 🔺 small_red_triangle_down 🔻
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️ arrows_counterclockwise 🔄 repeat 🔁 recycle ♻️ fast_forward ⏩ play_or_pause_button ⏯️ double_vertical_bar ⏸️ arrow_forward ▶️ black_square_for_stop ⏹️ heavy_plus_sign ➕ heavy_minus_sign ➖
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ zero 0️⃣ new 🆕 ok 🆗 sos 🆘 up 🆙 free 🆓
sunny ☀️ cloud ☁️ umbrella ☔ snowflake ❄️ rainbow 🌈 ocean 🌊 seedling 🌱 deciduous_tree 🌳 four_leaf_clover 🍀 coffee ☕ beer 🍺 cake 🍰 birthday 🎂 pizza 🍕 apple 🍎
factory 🏭 office 🏢 house 🏠 hospital 🏥 bank 🏦 truck 🚚 car 🚗 airplane ✈️ ship 🚢 construction 🚧 moneybag 💰 money_with_wings 💸 credit_card 💳 dollar 💵 balance_scale ⚖️ scales ⚖️ shield 🛡️ test_tube 🧪 microscope 🔬 stethoscope 🩺 pill 💊
busts_in_silhouette 👥 bust_in_silhouette 👤 man 👨 woman 👩 technologist 🧑‍💻 detective 🕵️ construction_worker 👷 juggling 🤹 world_map 🗺️ globe_with_meridians 🌐 earth_africa 🌍 compass 🧭 ladder 🪜 broom 🧹 wastebasket 🗑️ lower_left_paintbrush 🖌️ art 🎨 jigsaw 🧩 crystal_ball 🔮 traffic_light 🚦 vertical_traffic_light 🚦`;

const tokens = NAMES.split(/\s+/);
export const EMOJI = new Map();
for (let i = 0; i < tokens.length; i += 2) EMOJI.set(tokens[i], tokens[i + 1]);

export const PICKER = ["+1", "white_check_mark", "eyes", "tada", "heart", "smile", "joy", "thinking_face", "pray", "clap", "rocket", "fire",
  "100", "bulb", "warning", "x", "question", "hourglass", "raised_hands", "wave", "bug", "dart", "coffee", "sos"];

export const glyph = (name) => EMOJI.get(name.replace(/::skin-tone-\d$/, "")) ?? null;
