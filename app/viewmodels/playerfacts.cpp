#include <algorithm>
#include <QCoreApplication>
#include <utility>
#include <vector>

#include "app/viewmodels/elsewhere.h"
#include "app/viewmodels/playerviewmodel.h"
#include "app/viewmodels/texts.h"
#include "core/library/resume.h"

// What there is to know of what plays: chapters, how it comes, figures.
namespace marea::app {

using player::Track;

namespace {
constexpr double kRestartAfter = 4;  // seconds: "previous" goes to the start of this chapter first
}  // namespace

// Segments have none inside; then the server's word stands.
QList<player::Chapter> PlayerViewModel::chapterList() const {
    auto list = engine_.chapters();
    if (list.isEmpty())
        for (const auto& chapter : info().chapters)
            list << player::Chapter{chapter.start, chapter.title};
    return list;
}

// As the server finds them: by the file's chapters, or else by those that the catalogue knows.
double PlayerViewModel::creditsStart(const player::PlayEntry& entry) const {
    std::vector<core::Chapter> all;
    for (const auto& chapter : engine_.chapters())
        all.push_back({chapter.start, 0, chapter.title.toStdString()});
    const auto known = infos_.value(entry.key).chapters;
    for (const auto& chapter : all.empty() ? known : QList<ChapterDetail>())
        all.push_back({chapter.start, 0, chapter.title.toStdString()});
    return core::library::creditsStart(all, entry.duration);
}

QVariantList PlayerViewModel::chapters() const {
    QVariantList list;
    const auto all = chapterList();
    const double now = position();
    for (qsizetype i = 0; i < all.size(); ++i) {
        const double end = i + 1 < all.size() ? all[i + 1].start : duration();
        list << QVariantMap{
            {QStringLiteral("value"), all[i].start},
            {QStringLiteral("start"), all[i].start},
            {QStringLiteral("text"), all[i].title.isEmpty() ? tr("Chapter %1").arg(i + 1) : all[i].title},
            {QStringLiteral("detail"), texts::clock(all[i].start)},
            {QStringLiteral("checked"), now >= all[i].start && now < end}};
    }
    return list;
}

QString PlayerViewModel::chapterAt(double seconds) const {
    QString title;
    int number = 0;
    const auto all = chapterList();
    for (const auto& chapter : all) {
        if (chapter.start > seconds)
            break;
        ++number;
        title = chapter.title.isEmpty() ? tr("Chapter %1").arg(number) : chapter.title;
    }
    return title;
}

void PlayerViewModel::stepChapter(int by) {
    const auto all = chapterList();
    if (all.isEmpty())
        return;
    int current = -1;
    for (qsizetype i = 0; i < all.size(); ++i)
        if (all[i].start <= position() + 0.2)
            current = static_cast<int>(i);
    const int target =
        by < 0 && current >= 0 && position() - all[current].start > kRestartAfter ? current : current + by;
    seek(all[std::clamp(target, 0, static_cast<int>(all.size()) - 1)].start);
}

void PlayerViewModel::onWaitingState() {
    if (!busy()) {
        waitingTimer_.stop();
        setWaiting({});
    }
    followWaiting();
}

// Not every engine says that it has run dry: one that has trouble and does not move from its place has.
void PlayerViewModel::followWaiting() {
    const bool dry = playing() && !stall_.isEmpty();
    if ((!busy() && !dry) || failed()) {
        waitingTimer_.stop();
        return setWaiting({});
    }
    if (!waiting_.isEmpty())
        setWaiting(waitingWords());
    else if (!waitingTimer_.isActive())
        waitingTimer_.start();
}

void PlayerViewModel::onMoved() {
    const double before = std::exchange(seenAt_, position());
    if (busy() || stall_.isEmpty() || before == seenAt_)
        return;
    waitingTimer_.stop();
    setWaiting({});
    followWaiting();
}

void PlayerViewModel::setWaiting(const QString& words) {
    if (std::exchange(waiting_, words) != words)
        Q_EMIT waitingChanged();
}

// Whom one waits for, and why, where that is known.
QString PlayerViewModel::waitingWords() const {
    const bool here =
        (loaded() && entry()->file.isLocalFile()) || (!session_.resolving() && info().mode == QLatin1String("kept"));
    const auto* other = library();
    const QString whom = here    ? tr("Waiting for the disk…")
                         : other ? tr("Waiting for %1…").arg(other->name())
                                 : tr("Waiting for the server…");
    if (stall_.isEmpty())
        return whom;
    return tr("%1. %2").arg(QCoreApplication::translate("Player", stall_.toUtf8().constData()), whom);
}

QString PlayerViewModel::delivery() const {
    return texts::deliveryMode(info().mode);
}

// The sound's wish first: with it the server encodes whatever the limit is.
QString PlayerViewModel::remedy() const {
    if (info().mode != QLatin1String("transcode"))
        return {};
    if (!wishes_.soundProfile.isEmpty() && info().audio.mode == QLatin1String("transcode") && !isMusic())
        return QStringLiteral("sound");
    return wishes_.maxBitrate > 0 ? QStringLiteral("limit") : QString();
}

namespace {

QString pictureText(const player::PlaybackFacts& facts) {
    if (facts.width == 0)
        return {};
    auto text = QStringLiteral("%1×%2").arg(facts.width).arg(facts.height);
    if (facts.framesPerSecond > 0)
        text += QStringLiteral(", %1 fps").arg(facts.framesPerSecond, 0, 'f', 2);
    return text;
}

QString rangeText(const player::PlaybackFacts& facts) {
    if (!facts.hdr())
        return {};
    const auto kind = facts.transfer == QLatin1String("pq") ? QStringLiteral("HDR, PQ") : QStringLiteral("HDR, HLG");
    return kind + QStringLiteral(", ") + facts.primaries.toUpper();
}

QString soundText(const player::PlaybackFacts& facts) {
    if (facts.sampleRate == 0)
        return {};
    return QStringLiteral("%1 kHz, %2")
        .arg(facts.sampleRate / 1000.0, 0, 'f', 1)
        .arg(texts::channelsName(facts.channels));
}

}  // namespace

QVariantList PlayerViewModel::statistics() const {
    QVariantList list;
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty())
            list << QVariantMap{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}};
    };
    const auto& said = info();
    add(tr("Delivery"), said.mode.isEmpty() ? tr("Local file") : delivery());
    add(tr("Reasons"), (said.video.reasons + said.audio.reasons).join(QStringLiteral("; ")));
    for (const auto& track : engine_.tracks()) {
        if (!track.selected)
            continue;
        const auto value = texts::codecName(track.codec) + QLatin1Char(' ') + texts::channelsName(track.channels);
        add(track.kind == Track::Kind::Video   ? tr("Video")
            : track.kind == Track::Kind::Audio ? tr("Audio")
                                               : tr("Subtitles"),
            value.trimmed());
    }
    const auto facts = engine_.facts();
    add(tr("Picture"), pictureText(facts));
    add(tr("Range"), rangeText(facts));
    add(tr("Decoded by"), facts.width == 0 ? QString() : facts.decoder.isEmpty() ? tr("the processor") : facts.decoder);
    add(tr("Left out"), facts.dropped > 0 ? tr("%n frame(s)", nullptr, facts.dropped) : QString());
    add(tr("Sound"), soundText(facts));
    add(tr("Read ahead"), tr("%1 s").arg(std::max(0.0, engine_.bufferedUntil() - engine_.position()), 0, 'f', 1));
    if (firstFrameMs_ >= 0)
        add(tr("First frame"), tr("%1 ms").arg(firstFrameMs_));
    add(tr("Speed"), QStringLiteral("%1×").arg(engine_.speed()));
    return list;
}

}  // namespace marea::app
