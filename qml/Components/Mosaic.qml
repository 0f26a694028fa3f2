import QtQuick
import Marea

// The picture of something that has none of its own: of what is in it, four together or one alone.
Item {
    id: mosaic
    property var pictures: []
    property string fallback: "list-music"
    readonly property int side: pictures.length >= 4 ? 2 : 1

    Grid {
        columns: mosaic.side
        spacing: 2
        Repeater {
            model: mosaic.side * mosaic.side
            Artwork {
                required property int index
                width: (mosaic.width - (mosaic.side - 1) * 2) / mosaic.side
                height: width
                radius: mosaic.side > 1 ? 4 : Theme.radiusCard
                path: mosaic.pictures[index] ?? ""
                fallback: mosaic.fallback
            }
        }
    }
}
