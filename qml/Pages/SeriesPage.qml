import QtQuick
import Marea
import Marea.App

FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property Unreached unreached: Unreached { app: page.app; list: page.app.series; onAgain: page.app.series.reload() }
    Component.onCompleted: app.series.ensure()

    MediaGrid {
        name: qsTr("Series")
        anchors.fill: parent
        focus: true
        model: page.app.series
        aspect: 1.5
        targetWidth: page.narrow ? 108 : page.width > 1500 ? 188 : 160
        sideMargin: page.narrow ? Theme.marginNarrow : Theme.margin
        emptyIcon: "tv"
        library: EmptyLibrary { app: page.app }
        emptyText: qsTr("There are no series in the library yet.")
        onOpened: (id, kind, place) => page.app.openIn(place, id, kind)
        header: Column {
            width: GridView.view ? GridView.view.width : 0
            spacing: 12
            PageTitle { text: qsTr("Series"); count: page.app.series.total }
            SortFilterBar { width: parent.width; app: page.app; model: page.app.series; withFilters: false }
            Item { width: 1; height: 8 }
        }
    }
}
