import QtQuick
import Marea
import Marea.App

// What is on this computer, or on its way.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property OfflineViewModel offline: app.offline
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin

    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    // A file that is here took its time to come: it does not go by a slip.
    function removeTitle(row) {
        if (!row.done) return offline.remove(row.mediaId)
        const id = row.mediaId
        confirm.active = true
        confirm.item.ask(qsTr("Remove %1?").arg(row.title), row.sizeText === "" ? qsTr("It stays on the server.") : qsTr("%1 are free then. It stays on the server.").arg(row.sizeText),
                         qsTr("Remove"), () => offline.remove(id), view)
    }
    ListView {
        id: view
        objectName: "downloads"
        anchors { fill: parent; leftMargin: page.side; rightMargin: page.side }
        focus: true
        activeFocusOnTab: true
        model: page.offline.downloads
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        bottomMargin: Theme.margin
        spacing: 2
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Downloads")
        Keys.onReturnPressed: if (currentItem) currentItem.clicked()
        Keys.onEnterPressed: if (currentItem) currentItem.clicked()
        Keys.onDeletePressed: if (currentItem) page.removeTitle(currentItem)
        Keys.onSpacePressed: if (currentItem) currentItem.going ? page.offline.pause(currentItem.mediaId) : page.offline.resume(currentItem.mediaId)
        header: Column {
            width: Math.min(ListView.view.width, 900)
            spacing: 12
            bottomPadding: 16
            PageTitle { text: qsTr("Downloads") }
            Item {
                width: parent.width
                height: 36
                visible: page.offline.downloads.count > 0
                Label { id: used; anchors { left: parent.left; top: parent.top } text: page.offline.usedText; color: Theme.secondary }
                Rectangle {
                    anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
                    height: 6; radius: 3
                    color: Theme.track
                    Accessible.role: Accessible.ProgressBar
                    Accessible.name: page.offline.usedText
                    Rectangle { width: Math.max(height, parent.width * page.offline.usedShare); height: 6; radius: 3; color: page.offline.usedShare > 0.95 ? Theme.warning : Theme.accent }
                }
            }
            Flow {
                width: parent.width
                spacing: 8
                Label { height: Theme.target; verticalAlignment: Text.AlignVCenter; text: qsTr("Limit"); color: Theme.secondary; rightPadding: 8 }
                Repeater {
                    model: page.offline.limits
                    Chip {
                        required property var modelData
                        text: modelData.text
                        checkable: true
                        checked: page.offline.limit === modelData.value
                        onClicked: { page.offline.limit = modelData.value; checked = Qt.binding(() => page.offline.limit === modelData.value) }
                    }
                }
                Chip {
                    text: qsTr("Fetch what is next by itself")
                    checkable: true
                    checked: page.offline.ahead
                    onClicked: { page.offline.ahead = checked; checked = Qt.binding(() => page.offline.ahead) }
                }
            }
        }
        delegate: DownloadRow {
            id: row
            required property string kind
            x: -8
            width: Math.min(ListView.view.width, 900) + 16
            offline: page.offline
            onPlayed: page.app.playKept(mediaId)
            onOpened: kind === "track" ? page.app.openTitle(mediaId, false) : page.app.navigator.open(mediaId, kind)
            onRemoved: page.removeTitle(row)
        }
        footer: Item {
            width: ListView.view.width
            height: visible ? 260 : 0
            visible: page.offline.downloads.count === 0
            EmptyState { anchors.fill: parent; iconName: "download"; text: qsTr("Nothing is on this computer yet."); detail: qsTr("Choose Download on a film, an episode or an album, to have it without the server too.") }
        }
    }
}
