#include "app/viewmodels/filesbeside.h"

#include <algorithm>
#include <QDir>
#include <QFileInfo>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/filekinds.h"
#include "core/library/sidecars.h"

namespace marea::app {

namespace {

// What players read as text or pictures from one file; VobSub has two.
bool isReadable(const std::string& format) {
    constexpr std::string_view all[] = {"srt", "ass", "ssa", "vtt", "smi", "sup"};
    return std::find(std::begin(all), std::end(all), format) != std::end(all);
}

void addNames(std::vector<std::string>& names, const QDir& folder, const QString& inFront) {
    const QStringList files = folder.entryList(QDir::Files, QDir::Name);
    for (const QString& name : files)
        names.push_back((inFront + name).toStdString());
}

// "Film.es.srt", "Subs/Film.es.srt", "Subs/Film/es.srt"
std::vector<std::string> namesAround(const QFileInfo& film) {
    const QDir folder = film.dir();
    std::vector<std::string> names;
    addNames(names, folder, {});
    const QStringList inside = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString& name : inside) {
        if (!core::library::isSubtitleFolder(name.toStdString()))
            continue;
        const QDir texts(folder.filePath(name));
        const QString own = film.completeBaseName();
        addNames(names, texts, name + QLatin1Char('/'));
        addNames(names, QDir(texts.filePath(own)), name + QLatin1Char('/') + own + QLatin1Char('/'));
    }
    return names;
}

}  // namespace

QList<player::ExternalSubtitle> subtitlesBeside(const QString& film) {
    const QFileInfo file(film);
    const std::string own = file.fileName().toStdString();
    const auto names = namesAround(file);
    std::vector<std::string_view> media, others;
    for (const auto& name : names) {
        if (name == own || core::library::fileKind(name) == core::library::FileKind::Video)
            media.emplace_back(name);
        else if (core::library::mayBeSidecar(name))
            others.emplace_back(name);
    }
    QList<player::ExternalSubtitle> list;
    for (const auto& sidecar : core::library::matchSidecars(media, others)) {
        const bool ours = sidecar.media >= 0 && media[static_cast<std::size_t>(sidecar.media)] == own;
        if (!ours || sidecar.type != core::library::SidecarType::Subtitle || !isReadable(sidecar.format))
            continue;
        const auto& name = others[sidecar.index];
        const auto path = file.dir().filePath(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
        list << player::ExternalSubtitle{QUrl::fromLocalFile(path), QString::fromStdString(sidecar.language), {}};
    }
    return list;
}

}  // namespace marea::app
