#include <limits>

#include "app/viewmodels/itemviewmodel.h"
#include "app/viewmodels/texts.h"

// What the page of a title shows of its parts and its makers.
namespace marea::app {
namespace {

// As pictures of a part are asked for.
QString partText(const QRect& place) {
    return QStringLiteral("%1-%2-%3-%4").arg(place.x()).arg(place.y()).arg(place.width()).arg(place.height());
}

QString creditText(const QString& role) {
    static constexpr std::pair<const char*, const char*> known[] = {
        {"performer", QT_TRANSLATE_NOOP("ItemViewModel", "With")},
        {"composer", QT_TRANSLATE_NOOP("ItemViewModel", "Composed by")},
        {"lyricist", QT_TRANSLATE_NOOP("ItemViewModel", "Words by")},
        {"conductor", QT_TRANSLATE_NOOP("ItemViewModel", "Conducted by")},
        {"producer", QT_TRANSLATE_NOOP("ItemViewModel", "Produced by")},
        {"label", QT_TRANSLATE_NOOP("ItemViewModel", "Label")}};
    for (const auto& [name, words] : known)
        if (role == QLatin1String(name))
            return ItemViewModel::tr(words);
    return {};
}

}  // namespace

// Once, of a title that has chapters to be shown with them.
void ItemViewModel::askForPictures() {
    if (!pictures_.isEmpty() || plan_.spritesUrl.isEmpty() || item_.chapters.isEmpty())
        return;
    pictures_ = plan_.spritesUrl;
    deliver(api_.text(pictures_), this, [this](const core::Result<QString>& text) {
        if (!text)
            return;  // their names are chapters all the same
        tiles_ = parsePreviews(*text);
        Q_EMIT changed();
    });
}

// Roles that are not known here are for a later version.
QVariantList ItemViewModel::credits() const {
    QVariantList list;
    for (const auto& credit : item_.credits)
        if (const QString role = creditText(credit.role); !role.isEmpty() && !credit.names.isEmpty())
            list << QVariantMap{{QStringLiteral("role"), role}, {QStringLiteral("names"), credit.names}};
    return list;
}

QVariantList ItemViewModel::chapters() const {
    QVariantList list;
    for (qsizetype i = 0; i < item_.chapters.size(); ++i) {
        const auto& chapter = item_.chapters[i];
        const double end =
            i + 1 < item_.chapters.size() ? item_.chapters[i + 1].start : std::numeric_limits<double>::infinity();
        const auto* tile = tileOfPart(tiles_, chapter.start, end);
        list << QVariantMap{
            {QStringLiteral("start"), chapter.start},
            {QStringLiteral("startText"), texts::clock(chapter.start)},
            {QStringLiteral("title"), chapter.title.isEmpty() ? tr("Chapter %1").arg(i + 1) : chapter.title},
            {QStringLiteral("sheet"), tile ? sheetPath(pictures_, *tile) : QString()},
            {QStringLiteral("part"), tile ? partText(tile->place) : QString()}};
    }
    return list;
}

}  // namespace marea::app
