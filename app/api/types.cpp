#include "app/api/types.h"

#include "app/api/jsonlists.h"
#include "app/api/reasons.h"

namespace marea::app {
namespace {

QString text(const QJsonObject& json, QLatin1String key) {
    return json.value(key).toString();
}
int number(const QJsonObject& json, QLatin1String key) {
    return json.value(key).toInt();
}
double real(const QJsonObject& json, QLatin1String key) {
    return json.value(key).toDouble();
}
bool flag(const QJsonObject& json, QLatin1String key) {
    return json.value(key).toBool();
}
qint64 large(const QJsonObject& json, QLatin1String key) {
    return static_cast<qint64>(json.value(key).toDouble());
}

using L = QLatin1String;

StreamDetail parseStream(const QJsonObject& json) {
    StreamDetail s;
    s.index = number(json, L("index"));
    s.kind = text(json, L("kind"));
    s.codec = text(json, L("codec"));
    s.profile = text(json, L("profile"));
    s.language = text(json, L("language"));
    s.title = text(json, L("title"));
    s.channelLayout = text(json, L("channel_layout"));
    s.hdr = text(json, L("hdr"));
    s.channels = number(json, L("channels"));
    s.width = number(json, L("width"));
    s.height = number(json, L("height"));
    s.isDefault = flag(json, L("default"));
    s.forced = flag(json, L("forced"));
    s.hearingImpaired = flag(json, L("hearing_impaired"));
    s.atmos = flag(json, L("atmos"));
    return s;
}

FileDetail parseFile(const QJsonObject& json) {
    FileDetail f;
    f.id = text(json, L("id"));
    f.container = text(json, L("container"));
    f.name = text(json, L("name"));
    f.size = large(json, L("size"));
    f.streams = listOf<StreamDetail>(json.value(L("streams")), parseStream);
    return f;
}

ChapterDetail parseChapter(const QJsonObject& json) {
    return {real(json, L("start")), text(json, L("title"))};
}

CreditDetail parseCredit(const QJsonObject& json) {
    return {text(json, L("role")), stringsOf(json.value(L("names")))};
}

SidecarDetail parseSidecar(const QJsonObject& json) {
    return {text(json, L("id")),     text(json, L("kind")), text(json, L("language")),
            text(json, L("format")), text(json, L("name")), flag(json, L("forced"))};
}

void readPlace(MediaItem& item, const QJsonObject& json) {
    item.series = text(json, L("series"));
    item.seriesId = text(json, L("series_id"));
    item.seasonId = text(json, L("season_id"));
    item.season = number(json, L("season"));
    item.episode = number(json, L("episode"));
    item.artist = text(json, L("artist"));
    item.artistId = text(json, L("artist_id"));
    item.albumArtist = text(json, L("album_artist"));
    item.album = text(json, L("album"));
    item.albumId = text(json, L("album_id"));
    item.disc = number(json, L("disc"));
    item.track = number(json, L("track"));
    item.trackCount = number(json, L("track_count"));
    item.childCount = number(json, L("child_count"));
}

void readUser(MediaItem& item, const QJsonObject& json) {
    item.rating = number(json, L("rating"));
    item.favourite = flag(json, L("favourite"));
    item.watched = flag(json, L("watched"));
    item.position = real(json, L("position"));
    item.playCount = number(json, L("play_count"));
    item.popularity = number(json, L("popularity"));
}

StreamDecision parseDecision(const QJsonValue& value) {
    const auto json = value.toObject();
    QStringList reasons = stringsOf(json.value(L("reasons")));
    const QJsonArray why = json.value(L("why")).toArray();
    for (qsizetype i = 0; i < reasons.size(); ++i)
        reasons[i] = reasonText(why.at(i).toObject(), reasons[i]);
    return {json.value(L("stream_index")).toInt(-1), text(json, L("mode")), reasons};
}

SubtitleOffer parseSubtitle(const QJsonObject& json) {
    SubtitleOffer s;
    s.id = text(json, L("id"));
    s.language = text(json, L("language"));
    s.title = text(json, L("title"));
    s.format = text(json, L("format"));
    s.url = text(json, L("url"));
    s.mode = text(json, L("mode"));
    s.forced = flag(json, L("forced"));
    s.isDefault = flag(json, L("default"));
    s.embedded = flag(json, L("embedded"));
    return s;
}

LibraryInfo parseLibrary(const QJsonObject& json) {
    LibraryInfo l;
    l.id = text(json, L("id"));
    l.name = text(json, L("name"));
    l.state = text(json, L("state"));
    l.problem = text(json, L("problem"));
    l.path = text(json, L("path"));
    l.items = number(json, L("items"));
    l.files = number(json, L("files"));
    l.broken = number(json, L("broken"));
    l.scanned = number(json, L("scanned"));
    l.total = number(json, L("total"));
    return l;
}

}  // namespace

ServerInfo parseServerInfo(const QJsonObject& json) {
    return {text(json, L("name")), text(json, L("version")), text(json, L("commit")), text(json, L("id")),
            flag(json, L("setup_needed"))};
}

Tokens parseTokens(const QJsonObject& json) {
    return {text(json, L("access_token")), text(json, L("refresh_token")), number(json, L("expires_in"))};
}

Me parseMe(const QJsonObject& json) {
    return {text(json, L("id")), text(json, L("username")), text(json, L("role"))};
}

MediaItem parseMediaItem(const QJsonObject& json) {
    MediaItem item;
    item.id = text(json, L("id"));
    item.kind = text(json, L("kind"));
    item.title = text(json, L("title"));
    if (item.kind != L("track"))  // of which there are very many, and which are in no list that needs it
        item.sortTitle = text(json, L("sort_title"));
    item.status = text(json, L("status"));
    item.problem = text(json, L("problem"));
    item.artworkUrl = text(json, L("artwork_url"));
    item.overview = text(json, L("overview"));
    item.libraryId = text(json, L("library_id"));
    item.hdr = text(json, L("hdr"));
    item.genres = stringsOf(json.value(L("genres")));
    item.people = stringsOf(json.value(L("people")));
    item.person = text(json, L("person"));
    item.trailers = static_cast<int>(json.value(L("trailers")).toArray().size());
    item.duration = real(json, L("duration"));
    item.addedAt = large(json, L("added_at"));
    item.year = number(json, L("year"));
    item.width = number(json, L("width"));
    item.height = number(json, L("height"));
    item.orderKey = text(json, L("order_key"));
    readPlace(item, json);
    readUser(item, json);
    item.files = listOf<FileDetail>(json.value(L("files")), parseFile);
    item.chapters = listOf<ChapterDetail>(json.value(L("chapters")), parseChapter);
    item.sidecars = listOf<SidecarDetail>(json.value(L("sidecars")), parseSidecar);
    item.credits = listOf<CreditDetail>(json.value(L("credits")), parseCredit);
    return item;
}

MediaPage parseMediaPage(const QJsonObject& json) {
    const auto place = [](const QJsonObject& p) {
        return LetterPlace{text(p, L("letter")), number(p, L("count")), text(p, L("cursor")), text(p, L("before"))};
    };
    return {listOf<MediaItem>(json.value(L("items")), parseMediaItem),
            listOf<LetterPlace>(json.value(L("letters")), place), text(json, L("next_cursor")),
            json.value(L("total")).toInt(-1)};
}

MediaPage parsePlaylistPage(const QJsonObject& json) {
    const auto entry = [](const QJsonObject& e) {
        MediaItem item = parseMediaItem(e[L("media")].toObject());
        if (e[L("media")].isNull()) {
            item.id = text(e, L("media_id"));
            item.status = L("missing");
        }
        item.entryId = text(e, L("id"));
        return item;
    };
    return {listOf<MediaItem>(json.value(L("items")), entry), {}, text(json, L("next_cursor")), -1};
}

QList<CollectionInfo> parseCollections(const QJsonObject& json) {
    return listOf<CollectionInfo>(json[L("items")], [](const QJsonObject& c) {
        return CollectionInfo{text(c, L("id")), text(c, L("name"))};
    });
}

Facets parseFacets(const QJsonObject& json) {
    const auto facet = [](const QJsonObject& f) {
        return FacetValue{f[L("value")].toVariant().toString(), number(f, L("count"))};
    };
    const auto facets = json[L("facets")].toObject();
    return {listOf<FacetValue>(facets[L("genre")], facet), listOf<FacetValue>(facets[L("decade")], facet)};
}

QList<LibraryInfo> parseLibraries(const QJsonObject& json) {
    return listOf<LibraryInfo>(json.value(L("items")), parseLibrary);
}

PlaybackInfo parsePlayback(const QJsonObject& json) {
    PlaybackInfo p;
    p.sessionId = text(json, L("session_id"));
    p.mode = text(json, L("mode"));
    p.protocol = text(json, L("protocol"));
    p.url = text(json, L("url"));
    p.mimeType = text(json, L("mime_type"));
    p.fileId = text(json, L("file_id"));
    p.artworkUrl = text(json, L("artwork_url"));
    p.spritesUrl = text(json, L("sprites_url"));
    p.video = parseDecision(json.value(L("video")));
    p.audio = parseDecision(json.value(L("audio")));
    p.subtitles = listOf<SubtitleOffer>(json.value(L("subtitles")), parseSubtitle);
    p.chapters = listOf<ChapterDetail>(json.value(L("chapters")), parseChapter);
    p.duration = real(json, L("duration"));
    p.position = real(json, L("position"));
    p.expiresAt = large(json, L("expires_at"));
    return p;
}

Lyrics parseLyrics(const QJsonObject& json) {
    const auto line = [](const QJsonObject& l) { return LyricLine{real(l, L("start")), text(l, L("text"))}; };
    return {flag(json, L("synced")), listOf<LyricLine>(json.value(L("lines")), line)};
}

Waveform parseWaveform(const QJsonObject& json) {
    Waveform waveform;
    for (const auto& peak : json[L("peaks")].toArray())
        waveform.peaks << qBound(0, peak.toInt(), 255);
    return waveform;
}

QList<ListeningDevice> parseListeningDevices(const QJsonObject& json) {
    QList<ListeningDevice> devices;
    for (const auto& value : json[L("items")].toArray()) {
        const QJsonObject device = value.toObject(), state = device[L("state")].toObject();
        devices << ListeningDevice{device[L("id")].toString(),         device[L("name")].toString(),
                                   state[L("media_id")].toString(),    device[L("current")].toBool(),
                                   device[L("controllable")].toBool(), state[L("paused")].toBool()};
    }
    return devices;
}

DownloadInfo parseDownload(const QJsonObject& json) {
    return {text(json, L("id")),        text(json, L("file_id")),
            text(json, L("file_name")), text(json, L("state")),
            text(json, L("error")),     text(json, L("url")),
            real(json, L("progress")),  static_cast<qint64>(json[L("size")].toDouble(-1))};
}

SessionUpdate parseSessionUpdate(const QJsonObject& json) {
    return {text(json, L("url")), large(json, L("expires_at"))};
}

}  // namespace marea::app
