#pragma once

#include <QVariantList>

#include "app/offline/awaychanges.h"
#include "app/offline/kepttitles.h"
#include "app/viewmodels/mediamodel.h"
#include "app/viewmodels/previewtiles.h"

namespace marea::app {

// One title with all that its page shows, and what is inside it: an album's tracks, a series' seasons and episodes, an
// artist's albums. GUI thread.
class ItemViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString mediaId READ mediaId CONSTANT)
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(bool failed READ failed NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString kind READ kind NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString overview READ overview NOTIFY changed)
    Q_PROPERTY(QString facts READ facts NOTIFY changed)
    Q_PROPERTY(QString genres READ genres NOTIFY changed)
    Q_PROPERTY(QStringList people READ people NOTIFY changed)  // who made it and who is in it, the first of them
    Q_PROPERTY(QString artwork READ artwork NOTIFY changed)
    Q_PROPERTY(QString playsAs READ playsAs NOTIFY changed)  // how the server would deliver it; empty until it said
    Q_PROPERTY(bool playsDirect READ playsDirect NOTIFY changed)  // as it is, and not made anew
    Q_PROPERTY(QString artist READ artist NOTIFY changed)
    Q_PROPERTY(QString artistId READ artistId NOTIFY changed)
    Q_PROPERTY(QString series READ series NOTIFY changed)
    Q_PROPERTY(QString seriesId READ seriesId NOTIFY changed)
    Q_PROPERTY(double duration READ duration NOTIFY changed)
    Q_PROPERTY(double position READ position NOTIFY changed)
    Q_PROPERTY(QString positionText READ positionText NOTIFY changed)
    Q_PROPERTY(bool resumable READ resumable NOTIFY changed)
    Q_PROPERTY(bool watched READ watched NOTIFY changed)
    Q_PROPERTY(bool favourite READ favourite NOTIFY changed)
    Q_PROPERTY(int rating READ rating NOTIFY changed)  // 1 to 10; 0: none
    Q_PROPERTY(bool broken READ broken NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(bool hasTrailer READ hasTrailer NOTIFY changed)
    Q_PROPERTY(QVariantList chapters READ chapters NOTIFY changed)  // {start, startText, title, sheet, part}
    Q_PROPERTY(QVariantList credits READ credits NOTIFY changed)    // who made the music: {role, names}
    Q_PROPERTY(bool chaptersPictured READ chaptersPictured NOTIFY changed)
    Q_PROPERTY(QVariantList audioChoices READ audioChoices NOTIFY changed)
    Q_PROPERTY(QVariantList subtitleChoices READ subtitleChoices NOTIFY changed)
    Q_PROPERTY(int audio READ audio WRITE setAudio NOTIFY changed)
    Q_PROPERTY(int subtitle READ subtitle WRITE setSubtitle NOTIFY changed)
    Q_PROPERTY(QString audioText READ audioText NOTIFY changed)
    Q_PROPERTY(QString subtitleText READ subtitleText NOTIFY changed)
    Q_PROPERTY(QVariantList collections READ collections NOTIFY collectionsChanged)  // that it is in: {name, titles}
    Q_PROPERTY(marea::app::MediaModel* similar READ similar CONSTANT)                // empty until asked for: ensure()
    Q_PROPERTY(marea::app::MediaModel* children READ children CONSTANT)
    Q_PROPERTY(QVariantList seasons READ seasons NOTIFY changed)
    Q_PROPERTY(QString season READ season NOTIFY changed)
    Q_PROPERTY(QString nextText READ nextText NOTIFY changed)  // of the episode one would go on with; empty: none
public:
    ItemViewModel(ApiClient& api, QString id, StreamWishes wishes = {}, QObject* parent = nullptr);

    // For times without the server: what is known of a title of this computer, and where changes wait.
    void setOffline(const KeptTitles* kept, AwayChanges* away);
    QString mediaId() const { return id_; }
    bool loading() const { return loading_; }
    bool failed() const { return failed_; }
    QString errorText() const { return errorText_; }
    const MediaItem& item() const { return item_; }
    QString kind() const { return item_.kind; }
    QString title() const;
    QString overview() const { return item_.overview; }
    QString facts() const;
    QString genres() const { return item_.genres.join(QStringLiteral(", ")); }
    QStringList people() const { return item_.people.mid(0, kMostPeople); }
    static constexpr qsizetype kMostPeople = 12;
    QString artwork() const { return item_.artworkUrl; }
    QString playsAs() const;
    bool playsDirect() const { return plan_.mode == QLatin1String("direct"); }
    QString artist() const { return item_.albumArtist.isEmpty() ? item_.artist : item_.albumArtist; }
    QString artistId() const { return item_.artistId; }
    QString series() const { return item_.series; }
    QString seriesId() const { return item_.seriesId; }
    double duration() const { return item_.duration; }
    double position() const { return item_.position; }
    QString positionText() const;
    bool resumable() const { return item_.position > 5; }
    bool watched() const { return item_.watched; }
    bool favourite() const { return item_.favourite; }
    int rating() const { return item_.rating; }
    bool broken() const { return item_.broken(); }
    QString problem() const { return item_.problem; }
    bool hasTrailer() const { return item_.trailers > 0; }
    QVariantList chapters() const;
    QVariantList credits() const;
    bool chaptersPictured() const { return !tiles_.isEmpty() && !item_.chapters.isEmpty(); }
    QVariantList audioChoices() const;
    QVariantList subtitleChoices() const;
    int audio() const { return audio_; }        // stream index, -1: the default
    int subtitle() const { return subtitle_; }  // stream index, -1: the default, -2: none
    void setAudio(int index);
    void setWishes(const StreamWishes& wishes);
    void setSubtitle(int index);
    QString audioText() const;
    QString subtitleText() const;
    MediaModel* children() { return &children_; }
    QVariantList collections() const;
    MediaModel* similar() { return &similar_; }
    QVariantList seasons() const;
    QString season() const { return season_; }
    QString nextText() const;
    const QList<MediaItem>& episodes() const { return episodes_; }  // of a series, all of them
    int next() const { return next_; }                              // which of them one would go on with; -1: none
    void follow(const QString& mediaId);                            // that may be one of its episodes: it has changed

    Q_INVOKABLE void reload();
    Q_INVOKABLE void setFavourite(bool on);
    Q_INVOKABLE void setWatched(bool on);
    Q_INVOKABLE void setRating(int rating);
    Q_INVOKABLE void loadRelated();  // what is like it, and what belongs to it
    Q_INVOKABLE void showSeason(const QString& id);
    void retranslate();

Q_SIGNALS:
    void changed();
    void collectionsChanged();
    void userChanged();  // the server has what somebody made of it here

private:
    void take(const MediaItem& item);
    void loadInside();
    void loadSeasons();
    void loadEpisodes();
    void showFirstSeason();
    void takeEpisodes(const QList<MediaItem>& episodes);
    void askForPlan();
    void askForPictures();
    void takeCollections(const QList<CollectionInfo>& collections);
    void onUserChange(const QString& id, const UserChange& change);
    void changeUser(const UserChange& change);
    bool takeKept();
    QList<StreamDetail> streams(QLatin1String kind) const;

    ApiClient& api_;
    const KeptTitles* kept_ = nullptr;
    AwayChanges* away_ = nullptr;
    QString id_, errorText_, season_;
    MediaItem item_;
    StreamWishes wishes_;
    PlaybackInfo plan_;
    QString pictures_;  // the list of them that was asked for; "": none
    QList<PreviewTile> tiles_;
    MediaModel children_, similar_;
    QStringList collectionNames_;
    QList<MediaModel*> collectionTitles_;  // of each; children of this
    QList<MediaItem> seasons_, episodes_;
    bool seasonsKnown_ = false, episodesKnown_ = false;
    bool isSeasonShown_ = false;  // since they were asked for
    int next_ = -1;
    int audio_ = -1, subtitle_ = -1;
    int plans_ = 0;  // asked for; answers to older questions are dropped
    bool loading_ = true, failed_ = false;
};

}  // namespace marea::app
