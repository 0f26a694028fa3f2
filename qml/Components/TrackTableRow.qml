import QtQuick
import Marea

// One track of the table.
Item {
    id: row
    required property int index
    required property string mediaId
    required property string kind
    required property string title
    required property bool favourite
    required property bool broken
    required property string problem
    required property var model
    property var table: null
    property bool selected: false
    required property string place      // of the library that has it; "": the one in use
    required property string placeName
    readonly property bool playing: table.app.player.loaded && table.app.player.mediaId === mediaId && table.app.player.place === place
    readonly property bool ringed: ListView.isCurrentItem && ListView.view.activeFocus
    signal picked(int modifiers)
    signal played()
    signal dragStarted()
    signal draggedTo(real x, real y)
    signal dropped()
    signal dragCancelled()

    height: table.rowHeight
    Accessible.role: Accessible.ListItem
    Accessible.name: [title, model.artist, placeName].filter(s => s !== "").join(", ")
    Accessible.selectable: true
    Accessible.selected: selected
    Accessible.onPressAction: played()

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusControl
        color: row.selected ? Theme.playing : area.containsMouse ? Theme.hover : "transparent"
        FocusRing { shown: row.ringed; offset: 0 }
    }
    MouseArea {
        id: area
        anchors.fill: parent
        hoverEnabled: true
        preventStealing: true
        property point from
        property bool dragging: false
        onPressed: (mouse) => {
            if (mouse.source !== Qt.MouseEventNotSynthesized) { mouse.accepted = false; return }   // a finger scrolls
            from = Qt.point(mouse.x, mouse.y)
            dragging = false
        }
        onPositionChanged: (mouse) => {
            if (!pressed) return
            if (!dragging && Math.abs(mouse.x - from.x) + Math.abs(mouse.y - from.y) < 12) return
            if (!dragging) { dragging = true; row.dragStarted() }
            row.draggedTo(mouse.x, mouse.y)
        }
        onReleased: (mouse) => dragging ? row.dropped() : row.picked(mouse.modifiers)
        onCanceled: if (dragging) row.dragCancelled()
        onDoubleClicked: row.played()
    }
    TapHandler { acceptedDevices: PointerDevice.TouchScreen; onTapped: row.played() }
    IconButton {
        x: 4
        anchors.verticalCenter: parent.verticalCenter
        visible: row.playing || area.containsMouse || hovered
        iconName: row.playing && !area.containsMouse && !hovered ? (row.table.app.player.playing ? "audio-lines" : "pause") : row.playing && row.table.app.player.playing ? "pause" : "play"
        iconSize: 16
        color: row.playing ? Theme.accent : Theme.text
        hoverColor: "transparent"
        focusPolicy: Qt.NoFocus
        text: qsTr("Play %1").arg(row.title)
        onClicked: row.played()
    }
    Row {
        x: 44
        height: parent.height
        spacing: 12
        Column {
            width: row.table.titleWidth - 12
            anchors.verticalCenter: parent.verticalCenter
            Row {
                id: head
                width: parent.width
                spacing: 6
                readonly property real rest: width - (row.favourite ? 22 : 0) - (row.broken ? 22 : 0)
                Label { id: words; width: Math.min(implicitWidth, head.rest - (where.visible ? where.width + 6 : 0)); text: row.title; color: row.broken ? Theme.disabled : row.playing ? Theme.accent : Theme.text; weight: row.playing ? Font.Medium : Font.Normal }
                Label { id: where; visible: row.placeName !== "" && !row.table.narrow; width: Math.min(implicitWidth, head.rest / 3); anchors.baseline: words.baseline; text: row.placeName; color: Theme.secondary; font.pixelSize: Theme.tiny }
                Icon { visible: row.favourite; name: "heart"; solid: true; size: 14; color: Theme.accent }
                Icon { visible: row.broken; name: "triangle-alert"; size: 14; color: Theme.warning }
            }
            Label { visible: row.table.narrow && text !== ""; width: parent.width; text: [row.model.artist, row.placeName].filter(s => s !== "").join(" · "); color: Theme.secondary; font.pixelSize: Theme.tiny }
        }
        Repeater {
            model: row.table.shown
            Item {
                id: cell
                required property var modelData
                readonly property string key: modelData.key
                width: row.table.widthOf(modelData)
                height: row.height
                Label {
                    visible: cell.key !== "rating"
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width
                    horizontalAlignment: cell.modelData.number ? Text.AlignRight : Text.AlignLeft
                    color: Theme.secondary
                    tabular: cell.modelData.wide !== undefined
                    text: cell.key === "duration" ? row.model.durationText : cell.key === "year" || cell.key === "playCount" ? row.model[cell.key] > 0 ? String(row.model[cell.key]) : "" : String(row.model[cell.key] ?? "")
                }
                Loader {
                    active: cell.key === "rating" && (row.model.rating > 0 || area.containsMouse || row.ringed || hover.hovered)
                    anchors.verticalCenter: parent.verticalCenter
                    sourceComponent: StarRating { size: 16; height: 28; focusPolicy: Qt.NoFocus; rating: row.model.rating; onRated: (value) => row.table.app.actions.setRating(row.mediaId, value, row.place) }
                }
                HoverHandler { id: hover }
            }
        }
    }
}
