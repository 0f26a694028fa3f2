#include "server/pipeline/charsets.h"

#include <gtest/gtest.h>
#include <iconv.h>

namespace marea::server {
namespace {

using namespace std::string_literals;

std::string encoded(std::string text, const char* charset) {
    const iconv_t handle = ::iconv_open(charset, "UTF-8");
    std::string out(text.size() * 4 + 16, '\0');
    char *from = text.data(), *to = out.data();
    std::size_t left = text.size(), room = out.size();
    EXPECT_NE(::iconv(handle, &from, &left, &to, &room), static_cast<std::size_t>(-1)) << charset << ": " << from;
    ::iconv_close(handle);
    out.resize(out.size() - room);
    return out;
}

struct Sample {
    const char* language;
    const char* charset;
    const char* text;
};

void PrintTo(const Sample& sample, std::ostream* out) {
    *out << sample.language << " in " << sample.charset;
}

// Lines of dialogue as subtitles have them.
constexpr Sample kSamples[] = {
    {"ru", "WINDOWS-1251", "Что ты здесь делаешь? Я думал, ты уехал.\nНет, я решил остаться ещё на день.\nПойдём!"},
    {"ru", "KOI8-R", "Что ты здесь делаешь? Я думал, ты уехал.\nНет, я решил остаться на день.\nПойдём отсюда."},
    {"ru", "IBM866", "Что ты здесь делаешь? Я думал, ты уехал.\nНет, я решил остаться на день.\nПойдём отсюда."},
    {"uk", "WINDOWS-1251", "Що ти тут робиш? Я думав, ти поїхав.\nНі, я вирішив залишитися ще на день.\nЙого немає."},
    {"bg", "WINDOWS-1251", "Какво правиш тук? Мислех, че си заминал.\nНе, реших да остана още един ден."},
    {"fr", "WINDOWS-1252",
     "Qu'est-ce que tu fais là ? Je croyais que tu étais parti.\nNon, j'ai décidé de rester. Ça va être génial."},
    {"es", "WINDOWS-1252", "¿Qué haces aquí? Creía que te habías ido.\n¡No! Mañana será otro día, señor."},
    {"de", "WINDOWS-1252",
     "Was machst du hier? Ich dachte, du wärst schon weg.\nNein, ich möchte für einen Tag bleiben. Schöne Grüße."},
    {"pt", "WINDOWS-1252", "O que você está fazendo aqui? Não sei.\nEntão amanhã às três. A ligação caiu. São irmãos."},
    {"pl", "WINDOWS-1250",
     "Co ty tu robisz? Myślałem, że już wyjechałeś.\nNie, postanowiłem zostać jeszcze dzień. Idźmy stąd."},
    {"cs", "WINDOWS-1250",
     "Co tady děláš? Myslel jsem, že už jsi odjel.\nNe, rozhodl jsem se ještě den zůstat. Příště."},
    {"hu", "WINDOWS-1250",
     "Mit csinálsz itt? Azt hittem, már elmentél.\nNem, úgy döntöttem, hogy még egy napig maradok. Jól van, főnök. "
     "Tűnj el!"},
    {"ro", "WINDOWS-1250",
     "Ce faci aici? Credeam că ai plecat.\nNu, am hotărât să mai rămân o zi. Îţi mulţumesc, domnule, şi noapte bună."},
    {"el", "WINDOWS-1253", "Τι κάνεις εδώ; Νόμιζα ότι είχες φύγει.\nΌχι, αποφάσισα να μείνω άλλη μια μέρα."},
    {"tr", "WINDOWS-1254",
     "Burada ne yapıyorsun? Gittiğini sanıyordum.\nHayır, bir gün daha kalmaya karar verdim. Şimdi değil."},
    {"he", "WINDOWS-1255", "מה אתה עושה כאן? חשבתי שנסעת.\nלא, החלטתי להישאר עוד יום אחד."},
    {"ar", "WINDOWS-1256", "ماذا تفعل هنا؟ ظننت أنك غادرت.\nلا، قررت البقاء يوما آخر. هيا بنا."},
    {"th", "TIS-620", "คุณมาทำอะไรที่นี่ ฉันคิดว่าคุณไปแล้ว\nไม่ ฉันตัดสินใจอยู่ต่ออีกวัน"},
    {"ja", "SHIFT_JIS",
     "ここで何をしているんだ？もう帰ったと思っていた。\nいや、もう一日残ることにした。カメラはどこ？"},
    {"ja", "EUC-JP", "ここで何をしているんだ？もう帰ったと思っていた。\nいや、もう一日残ることにした。カメラはどこ？"},
    {"zh", "GB18030", "你在这里做什么？我以为你已经走了。\n不，我决定再留一天。我们走吧，快点。"},
    {"zh", "BIG5", "你在這裡做什麼？我以為你已經走了。\n不，我決定再留一天。我們走吧，快點。"},
    {"ko", "EUC-KR", "여기서 뭐 하는 거야? 난 네가 떠난 줄 알았어.\n아니, 하루 더 있기로 했어. 가자."}};

class Charsets : public testing::TestWithParam<Sample> {};

TEST_P(Charsets, areFoundWithTheLanguageAsHint) {
    const Sample& sample = GetParam();
    EXPECT_EQ(textToUtf8(encoded(sample.text, sample.charset), sample.language), sample.text)
        << charsetOf(encoded(sample.text, sample.charset), sample.language);
}

TEST_P(Charsets, areFoundWithoutHint) {
    const Sample& sample = GetParam();
    EXPECT_EQ(textToUtf8(encoded(sample.text, sample.charset), ""), sample.text)
        << charsetOf(encoded(sample.text, sample.charset), "");
}

TEST_P(Charsets, unicodeNeedsNoGuess) {
    const std::string text = std::string("1\n00:00:01,000 --> 00:00:02,000\n") + GetParam().text + "\n";
    EXPECT_EQ(textToUtf8(text, ""), text);
    EXPECT_EQ(textToUtf8("\xEF\xBB\xBF" + text, ""), text);
    EXPECT_EQ(textToUtf8(encoded(text, "UTF-16LE"), ""), text);
    EXPECT_EQ(textToUtf8(encoded(text, "UTF-16BE"), ""), text);
    EXPECT_EQ(textToUtf8("\xFF\xFE" + encoded(text, "UTF-16LE"), ""), text);
    EXPECT_EQ(textToUtf8("\xFE\xFF" + encoded(text, "UTF-16BE"), ""), text);
    EXPECT_EQ(textToUtf8("\xFF\xFE\0\0"s + encoded(text, "UTF-32LE"), ""), text);
}

INSTANTIATE_TEST_SUITE_P(Languages, Charsets, testing::ValuesIn(kSamples));

TEST(CharsetsOfDamagedText, aFewBadBytesDoNotMakeItAnother) {
    std::string text;
    for (int i = 0; i < 20; ++i)
        text += "Что ты здесь делаешь?\n";
    EXPECT_EQ(textToUtf8(text + "\xD0", ""), text + "\uFFFD");
}

TEST(CharsetsOfDamagedText, whatCannotBeReadIsMarked) {
    EXPECT_EQ(convertToUtf8("a\xFF\xFFz", "SHIFT_JIS"), "a\uFFFD\uFFFDz");
    EXPECT_EQ(convertToUtf8("a\0\0\xD8z\0x"s, "UTF-16LE"), "a\uFFFDz\uFFFD");
    EXPECT_EQ(textToUtf8("", ""), "");
}

}  // namespace
}  // namespace marea::server
