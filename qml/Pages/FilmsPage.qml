import QtQuick
import Marea
import Marea.App

FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property Unreached unreached: Unreached { app: page.app; list: page.app.films; onAgain: page.app.films.reload() }
    Component.onCompleted: app.films.ensure()

    MediaGrid {
        name: qsTr("Films")
        anchors.fill: parent
        focus: true
        model: page.app.films
        aspect: 1.5
        targetWidth: page.narrow ? 108 : page.width > 1500 ? 188 : 160
        sideMargin: page.narrow ? Theme.marginNarrow : Theme.margin
        library: EmptyLibrary { app: page.app }
        emptyText: qsTr("There are no films in the library yet.")
        onOpened: (id, kind, place) => page.app.openIn(place, id, kind)
        header: Column {
            width: GridView.view ? GridView.view.width : 0
            spacing: 12
            PageTitle { text: qsTr("Films"); count: page.app.films.total }
            SortFilterBar { width: parent.width; app: page.app; model: page.app.films }
            Item { width: 1; height: 8 }
        }
    }
}
